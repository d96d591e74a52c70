import { ErrorCode } from '../../protocol/errors.ts';
import type { Cluster } from '../cluster.ts';

const INTERNALS = 'org.apache.kafka.clients.admin.internals';

/** A line of one of the handlers of Kafka's admin client; only a logger that tells parts apart gets it. */
export function handlerError({ logger, label }: Cluster, handler: string, text: string): void {
  logger.named?.(`${INTERNALS}.${handler}`).error(`${label} ${text}`);
}

/** {@link handlerError} for what it goes on after. */
export function handlerWarning({ logger, label }: Cluster, handler: string, text: string): void {
  logger.named?.(`${INTERNALS}.${handler}`).warn(`${label} ${text}`);
}

/** One of Kafka's handlers of requests to coordinators. */
export interface Handler {
  /** Its class. */
  readonly name: string;
  /** Its call in messages, `offsetFetch`, and that of the request, `OFFSET_FETCH`. */
  readonly call: string;
  readonly api: string;
  /** The errors that pass: the coordinator is looked for and asked again. */
  readonly retried: readonly number[];
  /** How its log calls the request; undefined if it says nothing. */
  readonly request?: string;
  /** The errors that it passes on without a word. */
  readonly expected: readonly number[];
  /** Other words than that an error is unexpected. */
  readonly reasons?: Readonly<Record<number, string>>;
  /** What stands behind the error in the log. */
  readonly end?: string;
}

const {
  GROUP_AUTHORIZATION_FAILED,
  TOPIC_AUTHORIZATION_FAILED,
  GROUP_ID_NOT_FOUND,
  INVALID_GROUP_ID,
  NON_EMPTY_GROUP,
  REBALANCE_IN_PROGRESS,
  UNKNOWN_MEMBER_ID,
  STALE_MEMBER_EPOCH,
} = ErrorCode;

const MOVING = [ErrorCode.COORDINATOR_LOAD_IN_PROGRESS, ErrorCode.COORDINATOR_NOT_AVAILABLE, ErrorCode.NOT_COORDINATOR];
const DESCRIBING = [GROUP_AUTHORIZATION_FAILED, TOPIC_AUTHORIZATION_FAILED, GROUP_ID_NOT_FOUND];
const FETCHING = [GROUP_AUTHORIZATION_FAILED, UNKNOWN_MEMBER_ID, STALE_MEMBER_EPOCH];
const DELETING = [GROUP_AUTHORIZATION_FAILED, INVALID_GROUP_ID, NON_EMPTY_GROUP, GROUP_ID_NOT_FOUND];
const CHANGING = [
  GROUP_AUTHORIZATION_FAILED,
  GROUP_ID_NOT_FOUND,
  NON_EMPTY_GROUP,
  ErrorCode.INVALID_REQUEST,
  ErrorCode.UNKNOWN_SERVER_ERROR,
  ErrorCode.KAFKA_STORAGE_ERROR,
];

/** The handlers of Kafka 4.3.1. */
export const HANDLERS = {
  describe: {
    name: 'DescribeConsumerGroupsHandler',
    call: 'describeConsumerGroups',
    api: 'CONSUMER_GROUP_DESCRIBE',
    request: '`ConsumerGroupDescribe`',
    retried: MOVING,
    expected: [GROUP_AUTHORIZATION_FAILED, TOPIC_AUTHORIZATION_FAILED],
    end: '.',
  },
  describeClassic: {
    name: 'DescribeConsumerGroupsHandler',
    call: 'describeConsumerGroups',
    api: 'DESCRIBE_GROUPS',
    request: '`DescribeGroups`',
    reasons: { [ErrorCode.UNSUPPORTED_VERSION]: 'because the `ConsumerGroupDescribe` API is not supported.' },
    retried: MOVING,
    expected: DESCRIBING,
    end: '.',
  },
  describeShare: {
    name: 'DescribeShareGroupsHandler',
    call: 'describeShareGroups',
    api: 'SHARE_GROUP_DESCRIBE',
    request: '`DescribeShareGroups`',
    retried: MOVING,
    expected: DESCRIBING,
  },
  describeStreams: {
    name: 'DescribeStreamsGroupsHandler',
    call: 'describeStreamsGroups',
    api: 'STREAMS_GROUP_DESCRIBE',
    request: '`DescribeStreamsGroups`',
    retried: MOVING,
    expected: DESCRIBING,
  },
  offsets: {
    name: 'ListConsumerGroupOffsetsHandler',
    call: 'offsetFetch',
    api: 'OFFSET_FETCH',
    request: '`OffsetFetch`',
    retried: MOVING,
    expected: FETCHING,
  },
  shareOffsets: {
    name: 'ListShareGroupOffsetsHandler',
    call: 'describeShareGroupOffsets',
    api: 'DESCRIBE_SHARE_GROUP_OFFSETS',
    request: '`DescribeShareGroupOffsets`',
    retried: MOVING,
    expected: FETCHING,
  },
  alterOffsets: {
    name: 'AlterConsumerGroupOffsetsHandler',
    call: 'offsetCommit',
    api: 'OFFSET_COMMIT',
    retried: [...MOVING, REBALANCE_IN_PROGRESS],
    expected: [
      INVALID_GROUP_ID,
      ErrorCode.INVALID_COMMIT_OFFSET_SIZE,
      GROUP_AUTHORIZATION_FAILED,
      GROUP_ID_NOT_FOUND,
      UNKNOWN_MEMBER_ID,
      STALE_MEMBER_EPOCH,
      ErrorCode.UNKNOWN_TOPIC_OR_PARTITION,
      ErrorCode.OFFSET_METADATA_TOO_LARGE,
      TOPIC_AUTHORIZATION_FAILED,
    ],
  },
  alterShareOffsets: {
    name: 'AlterShareGroupOffsetsHandler',
    call: 'alterShareGroupOffsets',
    api: 'ALTER_SHARE_GROUP_OFFSETS',
    request: 'AlterShareGroupOffsets',
    retried: [...MOVING, REBALANCE_IN_PROGRESS],
    expected: CHANGING,
    end: '.',
  },
  deleteOffsets: {
    name: 'DeleteConsumerGroupOffsetsHandler',
    call: 'offsetDelete',
    api: 'OFFSET_DELETE',
    request: '`OffsetDelete`',
    retried: MOVING,
    expected: [GROUP_AUTHORIZATION_FAILED, GROUP_ID_NOT_FOUND, INVALID_GROUP_ID, NON_EMPTY_GROUP],
    end: '.',
  },
  deleteShareOffsets: {
    name: 'DeleteShareGroupOffsetsHandler',
    call: 'deleteShareGroupOffsets',
    api: 'DELETE_SHARE_GROUP_OFFSETS',
    request: 'DeleteShareGroupOffsets',
    retried: [...MOVING, REBALANCE_IN_PROGRESS],
    expected: [...CHANGING, INVALID_GROUP_ID],
    end: '.',
  },
  deleteGroups: {
    name: 'DeleteConsumerGroupsHandler',
    call: 'deleteConsumerGroups',
    api: 'DELETE_GROUPS',
    request: '`DeleteConsumerGroups`',
    retried: MOVING,
    expected: DELETING,
  },
  deleteShareGroups: {
    name: 'DeleteShareGroupsHandler',
    call: 'deleteShareGroups',
    api: 'DELETE_GROUPS',
    request: '`DeleteShareGroups`',
    retried: MOVING,
    expected: DELETING,
  },
  removeMembers: {
    name: 'RemoveMembersFromConsumerGroupHandler',
    call: 'leaveGroup',
    api: 'LEAVE_GROUP',
    request: '`LeaveGroup`',
    retried: MOVING,
    expected: [GROUP_AUTHORIZATION_FAILED],
  },
  describeTransaction: {
    name: 'DescribeTransactionsHandler',
    call: 'describeTransactions',
    api: 'DESCRIBE_TRANSACTIONS',
    retried: MOVING,
    expected: [],
  },
  fenceProducer: {
    name: 'FenceProducersHandler',
    call: 'fenceProducer',
    api: 'INIT_PRODUCER_ID',
    retried: [...MOVING, ErrorCode.CONCURRENT_TRANSACTIONS],
    expected: [],
  },
} as const satisfies Record<string, Handler>;

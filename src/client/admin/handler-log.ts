import { ErrorCode, KafkaError } from '../../protocol/errors.ts';
import type { Cluster } from '../cluster.ts';
import { AuthenticationError, ConnectionError, TimeoutError } from '../errors.ts';

const INTERNALS = 'org.apache.kafka.clients.admin.internals';

/** A line of one of the handlers of Kafka's admin client; only a logger that tells parts apart gets it. */
export function handlerError({ logger, label }: Cluster, handler: string, text: string): void {
  logger.named?.(`${INTERNALS}.${handler}`).error(`${label} ${text}`);
}

/** One of Kafka's handlers: its class, how it calls its request in its log, and the errors that it passes on without a word. */
export interface Handler {
  readonly name: string;
  readonly request: string;
  readonly expected: readonly number[];
  /** What stands behind the error. */
  readonly end?: string;
}

const {
  GROUP_AUTHORIZATION_FAILED,
  TOPIC_AUTHORIZATION_FAILED,
  GROUP_ID_NOT_FOUND,
  INVALID_GROUP_ID,
  NON_EMPTY_GROUP,
} = ErrorCode;

const DESCRIBING = [GROUP_AUTHORIZATION_FAILED, TOPIC_AUTHORIZATION_FAILED, GROUP_ID_NOT_FOUND];
const FETCHING = [GROUP_AUTHORIZATION_FAILED, ErrorCode.UNKNOWN_MEMBER_ID, ErrorCode.STALE_MEMBER_EPOCH];

/** The handlers of requests about one group, as of Kafka 4.3.1. */
export const GROUP_HANDLERS = {
  describe: {
    name: 'DescribeConsumerGroupsHandler',
    request: '`ConsumerGroupDescribe`',
    expected: DESCRIBING,
    end: '.',
  },
  describeShare: { name: 'DescribeShareGroupsHandler', request: '`DescribeShareGroups`', expected: DESCRIBING },
  describeStreams: { name: 'DescribeStreamsGroupsHandler', request: '`DescribeStreamsGroups`', expected: DESCRIBING },
  offsets: { name: 'ListConsumerGroupOffsetsHandler', request: '`OffsetFetch`', expected: FETCHING },
  shareOffsets: { name: 'ListShareGroupOffsetsHandler', request: '`DescribeShareGroupOffsets`', expected: FETCHING },
  deleteOffsets: {
    name: 'DeleteConsumerGroupOffsetsHandler',
    request: '`OffsetDelete`',
    expected: [GROUP_AUTHORIZATION_FAILED, GROUP_ID_NOT_FOUND, INVALID_GROUP_ID, NON_EMPTY_GROUP],
    end: '.',
  },
  removeMembers: {
    name: 'RemoveMembersFromConsumerGroupHandler',
    request: '`LeaveGroup`',
    expected: [GROUP_AUTHORIZATION_FAILED],
  },
} as const satisfies Record<string, Handler>;

/** The call itself; a broker's error for the group that the handler has no rule for is logged. */
export async function telling<T>(
  { name, request, expected, end = '' }: Handler,
  cluster: Cluster,
  groupId: string,
  call: Promise<T>,
): Promise<T> {
  try {
    return await call;
  } catch (error) {
    const isOurs =
      error instanceof TimeoutError || error instanceof ConnectionError || error instanceof AuthenticationError;
    if (error instanceof KafkaError && !isOurs && !expected.includes(error.code)) {
      const text = `${request} request for group id ${groupId} failed due to unexpected error ${error.info.name}${end}`;
      handlerError(cluster, name, text);
    }
    throw error;
  }
}

const OF_TOPIC: ReadonlyMap<number, (topic: string) => string> = new Map([
  [TOPIC_AUTHORIZATION_FAILED, (topic) => `authorization failure for topic ${topic} in \`Metadata\` response`],
  [ErrorCode.INVALID_TOPIC_EXCEPTION, (topic) => `invalid topic error for topic ${topic} in \`Metadata\` response`],
]);

/** Logs what metadata says of a topic whose leaders are looked for (PartitionLeaderStrategy.handleTopicError). */
export function logTopicError(cluster: Cluster, topic: string, error: KafkaError): void {
  const text = OF_TOPIC.get(error.code)?.(topic);
  if (text !== undefined) handlerError(cluster, 'PartitionLeaderStrategy', `Received ${text}`);
}

// What a classic member logs of answers that end its membership (AbstractCoordinator's response handlers).
import { ErrorCode, errorInfo, KafkaError } from '../../protocol/errors.ts';
import type { Cluster } from '../cluster.ts';
import { kafkaException } from '../consumer/errors.ts';
import type { Identity } from './offsets.ts';

type Log = Pick<Cluster, 'logger' | 'label'>;

const FATAL_FOR_JOINING: ReadonlySet<number> = new Set([
  ErrorCode.INCONSISTENT_GROUP_PROTOCOL,
  ErrorCode.INVALID_SESSION_TIMEOUT,
  ErrorCode.INVALID_GROUP_ID,
  ErrorCode.GROUP_AUTHORIZATION_FAILED,
  ErrorCode.GROUP_MAX_SIZE_REACHED,
]);

const generationText = ({ generationOrEpoch, memberId }: Identity, protocol: string | null): string =>
  `Generation{generationId=${generationOrEpoch}, memberId='${memberId}', protocol='${protocol}'}`;

/** @param protocol the assignor of the generation, null before there is one */
export function tellRefusedJoin(
  { logger, label }: Log,
  api: 'JoinGroup' | 'SyncGroup',
  code: number,
  identity: Identity,
  protocol: string | null = null,
): void {
  if (code === ErrorCode.FENCED_INSTANCE_ID) {
    const sent = generationText(identity, protocol);
    const { instanceId } = identity;
    logger.error(
      `${label} ${api} failed: The group instance id ${instanceId === null ? 'Optional.empty' : `Optional[${instanceId}]`} has been fenced by another instance. Sent generation was ${sent}`,
    );
  } else if (api === 'JoinGroup' && FATAL_FOR_JOINING.has(code))
    logger.error(`${label} JoinGroup failed due to fatal error: ${errorInfo(code).text}`);
  else if (api === 'JoinGroup' && code === ErrorCode.UNSUPPORTED_VERSION)
    logger.error(
      `${label} JoinGroup failed due to unsupported version error. Please unset field group.instance.id and retry to see if the problem resolves`,
    );
  else if (api === 'JoinGroup' && code !== ErrorCode.NONE && !PASSING.JoinGroup.has(code))
    logger.error(`${label} JoinGroup failed due to unexpected error: ${errorInfo(code).text}`);
}

const REJOINING = [
  ErrorCode.COORDINATOR_NOT_AVAILABLE,
  ErrorCode.NOT_COORDINATOR,
  ErrorCode.REBALANCE_IN_PROGRESS,
  ErrorCode.UNKNOWN_MEMBER_ID,
];

/** What a member tries again after. */
const PASSING = {
  JoinGroup: new Set<number>([...REJOINING, ErrorCode.COORDINATOR_LOAD_IN_PROGRESS, ErrorCode.MEMBER_ID_REQUIRED]),
  SyncGroup: new Set<number>([...REJOINING, ErrorCode.ILLEGAL_GENERATION]),
} as const;

/** The error of an answer, in the words of Kafka's consumer; what it has no rule for ends the membership. */
export function joinFailure(api: 'JoinGroup' | 'SyncGroup', code: number, groupId: string): Error {
  switch (code) {
    case ErrorCode.GROUP_AUTHORIZATION_FAILED:
      return new KafkaError(code, `Not authorized to access group: ${groupId}`);
    case ErrorCode.GROUP_MAX_SIZE_REACHED:
      if (api === 'SyncGroup') break;
      return new KafkaError(code, `Consumer group ${groupId} already has the configured maximum number of members.`);
  }
  const isKnown = code === ErrorCode.FENCED_INSTANCE_ID || PASSING[api].has(code);
  const isFatal = api === 'JoinGroup' && (FATAL_FOR_JOINING.has(code) || code === ErrorCode.UNSUPPORTED_VERSION);
  if (isKnown || isFatal) return new KafkaError(code);
  const where = api === 'JoinGroup' ? 'Unexpected error in join group response' : 'Unexpected error from SyncGroup';
  return kafkaException(`${where}: ${errorInfo(code).text}`);
}

/** Logs that the coordinator did not let a member go (AbstractCoordinator.LeaveGroupResponseHandler). */
export function tellRefusedLeave(
  { logger, label }: Log,
  code: number,
  identity: Identity,
  protocol: string | null,
): void {
  if (code === ErrorCode.NONE) return;
  const sent = generationText(identity, protocol);
  logger.error(`${label} LeaveGroup request with ${sent} failed with error: ${errorInfo(code).text}`);
}

export function tellFencedHeartbeat({ logger, label }: Log, instanceId: string | null): void {
  logger.error(`${label} Caught fenced group.instance.id Optional[${instanceId}] error in heartbeat thread`);
}

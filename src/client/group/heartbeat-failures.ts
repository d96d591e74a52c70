import { ErrorCode, errorInfo, KafkaError } from '../../protocol/errors.ts';
import type { Cluster } from '../cluster.ts';
import { UnsupportedVersionError } from '../errors.ts';

/** What a member says of itself before it stops for good. */
export interface FailedMember {
  readonly memberId: string;
  readonly epoch: number;
  /** group.instance.id, null without one. */
  readonly instanceId?: string | null;
}

/** What a coordinator answered to a heartbeat, where other failures come from the way there. */
class HeartbeatError extends KafkaError {
  /** As the coordinator said it, and Kafka's log has it. */
  readonly reason: string | null;

  constructor(code: number, reason: string | null, groupId: string) {
    super(code, code === ErrorCode.GROUP_AUTHORIZATION_FAILED ? `Not authorized to access group: ${groupId}` : reason);
    this.reason = code === ErrorCode.GROUP_AUTHORIZATION_FAILED ? this.message : reason;
  }
}

interface Answer {
  readonly errorCode: number;
  readonly errorMessage: string | null;
}

/** @throws HeartbeatError */
export function checkHeartbeat<A extends Answer>(answer: A, groupId: string): A {
  if (answer.errorCode !== ErrorCode.NONE) throw new HeartbeatError(answer.errorCode, answer.errorMessage, groupId);
  return answer;
}

/** The cluster has no groups of this kind, or none that this client could be in. */
class UnsupportedGroupError extends KafkaError {
  readonly logged: string;

  constructor(message: string, logged: string, cause?: UnsupportedVersionError) {
    super(ErrorCode.UNSUPPORTED_VERSION, message);
    this.logged = logged;
    if (cause) this.cause = cause;
  }
}

export type HeartbeatRequest = 'ConsumerGroupHeartbeatRequest' | 'ShareGroupHeartbeatRequest';

const NO_CONSUMER_PROTOCOL =
  'The cluster does not support the new CONSUMER group protocol. Set group.protocol=classic on the consumer configs to revert to the CLASSIC protocol until the cluster is upgraded.';
const NO_SHARE_PROTOCOL =
  'The cluster does not support the share group protocol. To use share groups, the cluster must have the share group protocol enabled.';
const OLD_SHARE_PROTOCOL =
  'The cluster does not support the share group protocol using ShareGroupHeartbeat API version 1 or later. This version of the API was introduced in Apache Kafka v4.1.';

/** A failure as Kafka's consumers throw it: of a cluster that is too old they say what to do. */
export function heartbeatFailure(request: HeartbeatRequest, error: unknown): unknown {
  const isShare = request === 'ShareGroupHeartbeatRequest';
  if (error instanceof UnsupportedVersionError && error.message.includes('_GROUP_HEARTBEAT')) {
    const { message } = error;
    return isShare
      ? new UnsupportedGroupError(OLD_SHARE_PROTOCOL, `${message}: ${OLD_SHARE_PROTOCOL}`, error)
      : new UnsupportedGroupError(NO_CONSUMER_PROTOCOL, `unsupported version while sending request: ${message}`, error);
  }
  if (!(error instanceof HeartbeatError) || error.code !== ErrorCode.UNSUPPORTED_VERSION) return error;
  return isShare
    ? new UnsupportedGroupError(NO_SHARE_PROTOCOL, `unsupported version: ${NO_SHARE_PROTOCOL}`)
    : new UnsupportedGroupError(
        NO_CONSUMER_PROTOCOL,
        `unsupported version response on broker side: ${NO_CONSUMER_PROTOCOL}`,
      );
}

const REFUSED: ReadonlySet<number> = new Set([
  ErrorCode.INVALID_REQUEST,
  ErrorCode.GROUP_MAX_SIZE_REACHED,
  ErrorCode.UNSUPPORTED_ASSIGNOR,
  ErrorCode.INVALID_REGULAR_EXPRESSION,
]);

/** Logs a heartbeat's answer that ends the membership, and nothing else (AbstractHeartbeatRequestManager.onErrorResponse). */
export function tellFatalHeartbeat(
  { logger, label }: Pick<Cluster, 'logger' | 'label'>,
  request: HeartbeatRequest,
  member: FailedMember,
  error: unknown,
): void {
  const reason = reasonOf(error, member);
  if (reason === undefined) return;
  logger.error(`${label} ${request} failed due to ${reason}`);
  logger.error(`${label} Member ${member.memberId} with epoch ${member.epoch} transitioned to fatal state`);
}

function reasonOf(error: unknown, { instanceId = null }: FailedMember): string | undefined {
  if (error instanceof UnsupportedGroupError) return error.logged;
  if (!(error instanceof HeartbeatError)) return undefined;
  const { code, reason } = error;
  switch (code) {
    case ErrorCode.GROUP_AUTHORIZATION_FAILED:
      return `group authorization failure: ${reason}`;
    case ErrorCode.UNRELEASED_INSTANCE_ID:
      return `unreleased instance id ${instanceId}: ${reason}`;
    case ErrorCode.FENCED_INSTANCE_ID:
      return `fenced instance id ${instanceId}: ${reason}. This is expected in the case that the member was removed from the group by an admin client, and another member joined using the same group instance id.`;
    default:
      return `${REFUSED.has(code) ? '' : 'unexpected error '}${errorInfo(code).name}: ${reason}`;
  }
}

/** Logs that the group cannot be told that a member leaves (AbstractMembershipManager.onHeartbeatRequestSkipped). */
export function tellSilentLeave(
  { logger, label }: Pick<Cluster, 'logger' | 'label'>,
  { memberId, epoch }: FailedMember,
): void {
  logger.warn(
    `${label} Heartbeat to leave group cannot be sent (most probably due to coordinator not known/available). Member ${memberId} with epoch ${epoch} will transition to UNSUBSCRIBED.`,
  );
}

import { ErrorCode, errorInfo, KafkaError } from '../../protocol/errors.ts';
import type { Cluster } from '../cluster.ts';

/** What a member says of itself before it stops for good. */
export interface FailedMember {
  readonly memberId: string;
  readonly epoch: number;
  /** group.instance.id, null without one. */
  readonly instanceId?: string | null;
}

/** What a coordinator answered to a heartbeat, where other failures come from the way there. */
export class HeartbeatError extends KafkaError {}

const REFUSED: ReadonlySet<number> = new Set([
  ErrorCode.INVALID_REQUEST,
  ErrorCode.GROUP_MAX_SIZE_REACHED,
  ErrorCode.UNSUPPORTED_ASSIGNOR,
  ErrorCode.INVALID_REGULAR_EXPRESSION,
]);

/** Logs a heartbeat's answer that ends the membership, and nothing else (AbstractHeartbeatRequestManager.onErrorResponse). */
export function tellFatalHeartbeat(
  { logger, label }: Pick<Cluster, 'logger' | 'label'>,
  request: 'ConsumerGroupHeartbeatRequest' | 'ShareGroupHeartbeatRequest',
  member: FailedMember,
  error: unknown,
): void {
  if (!(error instanceof HeartbeatError)) return;
  logger.error(`${label} ${request} failed due to ${reasonOf(error, member)}`);
  logger.error(`${label} Member ${member.memberId} with epoch ${member.epoch} transitioned to fatal state`);
}

function reasonOf({ code, message }: HeartbeatError, { instanceId = null }: FailedMember): string {
  switch (code) {
    case ErrorCode.GROUP_AUTHORIZATION_FAILED:
      return `group authorization failure: ${message}`;
    case ErrorCode.UNRELEASED_INSTANCE_ID:
      return `unreleased instance id ${instanceId}: ${message}`;
    case ErrorCode.FENCED_INSTANCE_ID:
      return `fenced instance id ${instanceId}: ${message}. This is expected in the case that the member was removed from the group by an admin client, and another member joined using the same group instance id.`;
    default:
      return `${REFUSED.has(code) ? '' : 'unexpected error '}${errorInfo(code).name}: ${message}`;
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

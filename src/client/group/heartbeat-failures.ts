import { ErrorCode, errorInfo, KafkaError } from '../../protocol/errors.ts';
import type { Cluster } from '../cluster.ts';

/** What a member says of itself before it stops for good. */
export interface FailedMember {
  readonly memberId: string;
  readonly epoch: number;
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
  { memberId, epoch }: FailedMember,
  error: unknown,
): void {
  if (!(error instanceof HeartbeatError)) return;
  const { code, message } = error;
  const { name } = errorInfo(code);
  const reason =
    code === ErrorCode.GROUP_AUTHORIZATION_FAILED
      ? `group authorization failure: ${message}`
      : `${REFUSED.has(code) ? '' : 'unexpected error '}${name}: ${message}`;
  logger.error(`${label} ${request} failed due to ${reason}`);
  logger.error(`${label} Member ${memberId} with epoch ${epoch} transitioned to fatal state`);
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

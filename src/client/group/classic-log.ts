// What a classic member logs of answers that end its membership (AbstractCoordinator's response handlers).
import { ErrorCode, errorInfo } from '../../protocol/errors.ts';
import type { Cluster } from '../cluster.ts';
import type { Identity } from './offsets.ts';

type Log = Pick<Cluster, 'logger' | 'label'>;

const FATAL_FOR_JOINING: ReadonlySet<number> = new Set([
  ErrorCode.INCONSISTENT_GROUP_PROTOCOL,
  ErrorCode.INVALID_SESSION_TIMEOUT,
  ErrorCode.INVALID_GROUP_ID,
  ErrorCode.GROUP_AUTHORIZATION_FAILED,
  ErrorCode.GROUP_MAX_SIZE_REACHED,
]);

/** @param protocol the assignor of the generation, null before there is one */
export function tellRefusedJoin(
  { logger, label }: Log,
  api: 'JoinGroup' | 'SyncGroup',
  code: number,
  { instanceId, generationOrEpoch, memberId }: Identity,
  protocol: string | null = null,
): void {
  if (code === ErrorCode.FENCED_INSTANCE_ID) {
    const sent = `Generation{generationId=${generationOrEpoch}, memberId='${memberId}', protocol='${protocol}'}`;
    logger.error(
      `${label} ${api} failed: The group instance id Optional[${instanceId}] has been fenced by another instance. Sent generation was ${sent}`,
    );
  } else if (api === 'JoinGroup' && FATAL_FOR_JOINING.has(code))
    logger.error(`${label} JoinGroup failed due to fatal error: ${errorInfo(code).text}`);
}

export function tellFencedHeartbeat({ logger, label }: Log, instanceId: string | null): void {
  logger.error(`${label} Caught fenced group.instance.id Optional[${instanceId}] error in heartbeat thread`);
}

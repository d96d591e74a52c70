// The quota of controller mutations within one request (KIP-599, kafka.server.ControllerMutationQuota).
import { ErrorCode, KafkaError } from '../../protocol/errors.ts';
import type { Clock } from '../../util/clock.ts';
import type { TokenBucket } from './token-bucket.ts';

export interface MutationQuota {
  /**
   * Takes as many permits as partitions are to be created or deleted.
   * @throws KafkaError THROTTLING_QUOTA_EXCEEDED if none are left, where the quota is strict
   */
  take(permits: number): void;
  /** Milliseconds that the client is to wait now. */
  readonly throttleMs: number;
}

export const UNLIMITED_MUTATIONS: MutationQuota = { take() {}, throttleMs: 0 };

export function mutationQuota(bucket: TokenBucket, limit: number, strict: boolean, clock: Clock): MutationQuota {
  const nowMs = () => Math.floor(clock.monotonicMs());
  let throttleMs = 0;
  return {
    take(permits) {
      if (strict) {
        throttleMs = bucket.throttleMs(limit, nowMs());
        if (throttleMs > 0) throw new KafkaError(ErrorCode.THROTTLING_QUOTA_EXCEEDED);
      }
      bucket.take(permits, limit, nowMs());
      if (!strict) throttleMs = bucket.throttleMs(limit, nowMs());
    },
    get throttleMs() {
      return throttleMs;
    },
  };
}

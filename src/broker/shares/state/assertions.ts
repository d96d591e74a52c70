// What is checked before the state of a share partition is touched (ShareCoordinatorShard.maybeGet…Error).
import { ErrorCode, KafkaError } from '../../../protocol/errors.ts';
import type { SharePartitionKey } from './share-state.ts';
import type { KeptState } from './state-table.ts';

export function assertPartition({ partition }: SharePartitionKey): void {
  if (partition < 0) throw invalid('The partition id cannot be a negative number.');
}

export function assertStateEpoch(kept: KeptState | undefined, stateEpoch: number): void {
  if (kept && stateEpoch !== -1 && kept.stateEpoch > stateEpoch) throw new KafkaError(ErrorCode.FENCED_STATE_EPOCH);
}

export function assertLeaderEpoch(kept: KeptState, leaderEpoch: number): void {
  if (leaderEpoch !== -1 && kept.leaderEpoch > leaderEpoch) throw new KafkaError(ErrorCode.FENCED_LEADER_EPOCH);
}

export function invalid(message: string): KafkaError {
  return new KafkaError(ErrorCode.INVALID_REQUEST, message);
}

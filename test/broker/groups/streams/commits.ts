// Commits of a streams group, and how a refusal is worded.
import type { KafkaError } from '../../../../src/protocol/errors.ts';
import { ZERO_UUID } from '../../../../src/util/uuid.ts';

export function textOf(call: () => unknown): string {
  try {
    call();
    return '';
  } catch (error) {
    return (error as KafkaError).message;
  }
}

export const NOBODY = { generationId: -1, memberId: '', groupInstanceId: null, retentionTimeMs: -1 };
export const committing = (memberId: string, generationId: number, partitionIndex: number, name = 'a') => ({
  ...NOBODY,
  groupId: 'g',
  memberId,
  generationId,
  topics: [
    {
      name,
      topicId: ZERO_UUID,
      partitions: [{ partitionIndex, committedOffset: 5, committedLeaderEpoch: -1, committedMetadata: '' }],
    },
  ],
});

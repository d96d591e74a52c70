import type { PartitionOutcome } from '../../client/admin.ts';
import { ErrorCode, KafkaError } from '../../protocol/errors.ts';
import { partitionKey } from '../consumer-groups/partitions.ts';

/** What is wrong with the group itself is said as it is, for others the partitions are named (AlterConsumerGroupOffsetsResult.all). */
const GROUP_LEVEL: readonly number[] = [ErrorCode.INVALID_GROUP_ID, ErrorCode.GROUP_AUTHORIZATION_FAILED];

/** @throws KafkaError if an offset was not taken */
export function throwIfNotAltered(outcomes: readonly PartitionOutcome[]): void {
  const failed = outcomes.filter(({ error }) => error !== undefined);
  const [first] = failed;
  if (!first?.error) return;
  if (GROUP_LEVEL.includes(first.error.code)) throw first.error;
  const partitions = failed.map(partitionKey).join(', ');
  throw new KafkaError(first.error.code, `Failed altering group offsets for the following partitions: [${partitions}]`);
}

import type { PartitionOutcome } from '../../client/admin.ts';
import { KafkaError } from '../../protocol/errors.ts';
import { partitionKey } from '../consumer-groups/partitions.ts';

/** @throws KafkaError that names the partitions, whatever is wrong, if an offset was not taken (AlterConsumerGroupOffsetsResult.all) */
export function throwIfNotAltered(outcomes: readonly PartitionOutcome[]): void {
  const failed = outcomes.filter(({ error }) => error !== undefined);
  const [first] = failed;
  if (!first?.error) return;
  const partitions = failed.map(partitionKey).join(', ');
  throw new KafkaError(first.error.code, `Failed altering group offsets for the following partitions: [${partitions}]`);
}

// What the actions of kafka-reassign-partitions have in common.
import type { PartitionOutcome, ReassignmentChange, TopicPartition } from '../../client/admin.ts';
import { KafkaError } from '../../protocol/errors.ts';
import { execution } from './cluster-state.ts';
import { type Move, nameOf, sorted } from './plan.ts';

export type Print = (text: string) => void;

/** A failure that the script reports by its message alone. */
export class TerseFailure extends Error {}

/** What makes a word mean several. */
export const plural = (count: number): string => (count === 1 ? '' : 's');
/** A partition as documents show it. */
export const placeOf = ({ topic, partition }: TopicPartition) => ({ topic, partition });
/** A move of a replica as documents show it. */
export const moveData = ({ broker, place: { topic, partition, path } }: Move) => ({
  ...{ topic, partition, broker, logDir: path },
});

/** Alters reassignments. @returns what failed, by partition; a call that failed as a whole failed for each of them */
export async function failedOf(
  changes: readonly ReassignmentChange[],
  alter: Promise<readonly PartitionOutcome[]>,
): Promise<string[]> {
  const outcomes = await alter.catch((error: unknown) => {
    if (!(error instanceof KafkaError)) throw error;
    return changes.map((one) => ({ ...placeOf(one), error }));
  });
  return sorted(outcomes).flatMap((one) => (one.error ? [`${nameOf(one)}: ${one.error.message}`] : []));
}

/** Waits for the answer of a call; a failure is wrapped as that of a future. */
export async function answer<T>(call: Promise<T>): Promise<T> {
  try {
    return await call;
  } catch (error) {
    throw error instanceof KafkaError ? execution(error) : error;
  }
}

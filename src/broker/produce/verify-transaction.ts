// Transactional batches of a Produce request are written only to partitions that their transaction knows of (KIP-890:
// ReplicaManager.handleProduceAppend). From version 12 on the partitions are added to it on the way.
import { ErrorCode, errorInfo } from '../../protocol/errors.ts';
import type { ProduceRequest } from '../../protocol/messages/produce.ts';
import { BATCH_OVERHEAD, FIELD, isTransactional, readBatchHeader } from '../../protocol/records/batch.ts';
import type { Services } from '../services.ts';
import type { ProducerIdAndEpoch, TopicPartition } from '../transactions/transaction.ts';
import { verifyPartitions, withinTransaction } from '../transactions/verify.ts';

export interface Refusal {
  readonly errorCode: number;
  readonly errorMessage?: string;
}

/** A transactional batch of the request, by its header. */
export interface TransactionalBatch extends TopicPartition, ProducerIdAndEpoch {}

const ABORTABLE_VERSION = 11;
const IMPLICIT_VERSION = 12;

/** Errors of the coordinator that clients of earlier versions would not retry. */
const RETRIABLE: ReadonlySet<number> = new Set([
  ErrorCode.COORDINATOR_LOAD_IN_PROGRESS,
  ErrorCode.COORDINATOR_NOT_AVAILABLE,
  ErrorCode.NOT_COORDINATOR,
]);

export function hasTransaction(records: Buffer | null): records is Buffer {
  if (records === null || records.length < FIELD.lastOffsetDelta) return false;
  return records[FIELD.magic] === 2 && isTransactional(records.readInt16BE(FIELD.attributes));
}

/** @param topic the name of the topic that the data is for */
export function transactionalBatch(
  topic: string,
  { index, records }: ProduceRequest['topicData'][number]['partitionData'][number],
): TransactionalBatch | undefined {
  if (!hasTransaction(records) || records.length < BATCH_OVERHEAD) return undefined;
  const { producerId, producerEpoch } = readBatchHeader(records);
  return producerId < 0 ? undefined : { topic, partition: index, producerId, producerEpoch };
}

/** Why partitions do not take the batches, by {@link refusalKey}; those that do are not in it. */
export function refusedBatches(
  services: Services,
  transactionalId: string,
  batches: readonly TransactionalBatch[],
  apiVersion: number,
): ReadonlyMap<string, Refusal> {
  const [first] = batches;
  if (first === undefined) return new Map();
  const isOne = batches.every((batch) => sameProducer(batch, first));
  if (!isOne) return refusals(batches, () => ({ errorCode: ErrorCode.INVALID_PRODUCER_ID_MAPPING }));
  const unknown = batches.filter((batch) => !withinTransaction(services, batch, first));
  if (unknown.length === 0) return new Map();
  const rules = { addsPartitions: apiVersion >= IMPLICIT_VERSION, knowsAbortable: apiVersion >= ABORTABLE_VERSION };
  const codes = verifyPartitions(services, transactionalId, first, unknown, rules);
  return refusals(unknown, (i) => refusalOf(codes[i]!, rules.addsPartitions));
}

export function refusalKey(topic: string, partition: number): string {
  return `${topic}-${partition}`;
}

function refusals(
  batches: readonly TransactionalBatch[],
  refusal: (i: number) => Refusal | undefined,
): ReadonlyMap<string, Refusal> {
  const found = new Map<string, Refusal>();
  for (const [i, { topic, partition }] of batches.entries()) {
    const why = refusal(i);
    if (why) found.set(refusalKey(topic, partition), why);
  }
  return found;
}

function refusalOf(errorCode: number, knowsConcurrent: boolean): Refusal | undefined {
  if (errorCode === ErrorCode.NONE) return undefined;
  if (errorCode === ErrorCode.INVALID_TXN_STATE) {
    return { errorCode, errorMessage: 'Partition was not added to the transaction' };
  }
  const isConcurrent = errorCode === ErrorCode.CONCURRENT_TRANSACTIONS && !knowsConcurrent;
  if (!isConcurrent && !RETRIABLE.has(errorCode)) return { errorCode };
  const underlying = `Errors.${errorInfo(errorCode).name}`;
  return {
    errorCode: ErrorCode.NOT_ENOUGH_REPLICAS,
    errorMessage: `Unable to verify the partition has been added to the transaction. Underlying error: ${underlying}`,
  };
}

function sameProducer(a: ProducerIdAndEpoch, b: ProducerIdAndEpoch): boolean {
  return a.producerId === b.producerId && a.producerEpoch === b.producerEpoch;
}

// What the coordinator knows of a transactional id (TransactionMetadata, TransactionState). It is never changed: each
// step gives a new one, which counts once it is written.

/** The states by their number in records, named as DescribeTransactions and ListTransactions show them. */
export const TRANSACTION_STATES = [
  'Empty',
  'Ongoing',
  'PrepareCommit',
  'PrepareAbort',
  'CompleteCommit',
  'CompleteAbort',
  'Dead',
  'PrepareEpochFence',
] as const;
export type TransactionState = (typeof TRANSACTION_STATES)[number];

export const NO_PRODUCER_ID = -1;
export const NO_PRODUCER_EPOCH = -1;

/** From this transaction.version on every transaction has an epoch of its own (KIP-890). */
export const EPOCH_BUMP_VERSION = 2;

export interface ProducerIdAndEpoch {
  readonly producerId: number;
  readonly producerEpoch: number;
}

export interface TopicPartition {
  readonly topic: string;
  readonly partition: number;
}

/** Partition numbers by topic. */
export type TransactionPartitions = ReadonlyMap<string, ReadonlySet<number>>;

export interface Transaction extends ProducerIdAndEpoch {
  readonly transactionalId: string;
  /** The producer id before the step that led here. */
  readonly previousProducerId: number;
  /** The producer id to go on with when the transaction has ended, as this one's epochs are used up; else -1. */
  readonly nextProducerId: number;
  /** The epoch before {@link producerEpoch}, with which a request may be repeated; -1 if there is none. Not stored. */
  readonly lastProducerEpoch: number;
  readonly timeoutMs: number;
  readonly state: TransactionState;
  readonly partitions: TransactionPartitions;
  /** Wall-clock milliseconds, -1 before the first partition. */
  readonly startTimestampMs: number;
  /** Wall-clock milliseconds. */
  readonly lastUpdateTimestampMs: number;
  /** The transaction.version that the client spoke: 2 from EndTxn and AddPartitionsToTxn version 5 on. */
  readonly clientTransactionVersion: number;
}

export const NO_PARTITIONS: TransactionPartitions = new Map();

const MAX_EPOCH = 0x7fff;

/** Clients are never given the largest epoch, so that a producer can always be fenced. */
export function isEpochExhausted(epoch: number): boolean {
  return epoch >= MAX_EPOCH - 1;
}

/** Whether a commit or abort is decided whose markers are not all written. */
export function isPrepared({ state }: Transaction): boolean {
  return state === 'PrepareCommit' || state === 'PrepareAbort';
}

export function hasPartition({ partitions }: Transaction, { topic, partition }: TopicPartition): boolean {
  return partitions.get(topic)?.has(partition) ?? false;
}

export function* partitionsOf(partitions: TransactionPartitions): Generator<TopicPartition> {
  for (const [topic, numbers] of partitions) for (const partition of numbers) yield { topic, partition };
}

export function withPartitions(
  partitions: TransactionPartitions,
  added: readonly TopicPartition[],
): TransactionPartitions {
  const all = new Map<string, Set<number>>([...partitions].map(([topic, numbers]) => [topic, new Set(numbers)]));
  for (const { topic, partition } of added) {
    const numbers = all.get(topic) ?? new Set();
    all.set(topic, numbers.add(partition));
  }
  return all;
}

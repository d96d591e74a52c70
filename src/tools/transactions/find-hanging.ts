import type { Admin, ProducerState, TopicPartition } from '../../client/admin.ts';
import { KafkaError } from '../../protocol/errors.ts';
import type { Report } from '../report.ts';
import { tabbedTable } from '../tabbed-table.ts';
import { failedTo, trying } from './refused.ts';

export interface HangingSearch {
  readonly brokerId: number | undefined;
  readonly topic: string | undefined;
  readonly partition: number | undefined;
  /** A transaction without a write for longer than this may hang. */
  readonly maxTransactionTimeoutMs: number;
}

type SearchAdmin = Pick<
  Admin,
  'listTopics' | 'describeTopics' | 'describeProducers' | 'listTransactions' | 'describeTransaction'
>;

/** A transaction that is open in a partition. */
interface OpenTransaction extends TopicPartition, ProducerState {}

const HEADERS = [
  'Topic',
  'Partition',
  'ProducerId',
  'ProducerEpoch',
  'CoordinatorEpoch',
  'StartOffset',
  'LastTimestamp',
  'Duration(min)',
];
/** Topics, and partitions, that go into one request. */
const BATCH = 500;
const MINUTE_MS = 60_000;

/**
 * `transactions find-hanging`: transactions that are open in a partition for too long and that their coordinator knows
 * nothing of (KIP-664).
 */
export async function findHanging(admin: SearchAdmin, search: HangingSearch, nowMs: () => number): Promise<Report> {
  const partitions = await partitionsToSearch(admin, search);
  const open = await openTransactions(admin, partitions, search, nowMs);
  const hanging = open.length === 0 ? [] : await unknownToCoordinators(admin, open);
  const now = nowMs();
  const rows = hanging.map((each) => ({
    topic: each.topic,
    partition: each.partition,
    producerId: each.producerId,
    producerEpoch: each.producerEpoch,
    coordinatorEpoch: each.coordinatorEpoch,
    startOffset: each.transactionStartOffset ?? -1,
    lastTimestamp: each.lastTimestamp,
    durationMinutes: Math.trunc((now - each.lastTimestamp) / MINUTE_MS),
  }));
  return {
    data: rows.map(({ durationMinutes: _, coordinatorEpoch, ...row }) => ({
      ...row,
      coordinatorEpoch: coordinatorEpoch < 0 ? null : coordinatorEpoch,
      durationMs: now - row.lastTimestamp,
    })),
    text: tabbedTable(
      HEADERS,
      rows.map((row) => Object.values(row).map(String)),
    ),
    table: {
      columns: [
        'Topic',
        'Partition',
        'Producer',
        'Epoch',
        'Coordinator epoch',
        'Start offset',
        'Last timestamp',
        'Minutes',
      ],
      rows: rows.map((row) => Object.values(row)),
    },
  };
}

async function partitionsToSearch(admin: SearchAdmin, search: HangingSearch): Promise<TopicPartition[]> {
  const { topic, partition, brokerId } = search;
  if (topic !== undefined && partition !== undefined) return [{ topic, partition }];
  const topics =
    topic === undefined ? (await trying('Failed to list topics', admin.listTopics())).map(({ name }) => name) : [topic];
  const found: TopicPartition[] = [];
  for (const batch of inBatches(topics)) {
    const failure = `Failed to describe ${batch.length} topics`;
    for (const [name, description] of await trying(failure, admin.describeTopics(batch))) {
      if (description instanceof KafkaError) throw failedTo(failure, description);
      const wanted = description.partitions.filter(
        ({ replicas }) => brokerId === undefined || replicas.includes(brokerId),
      );
      found.push(...wanted.map(({ partition }) => ({ topic: name, partition })));
    }
  }
  return found;
}

async function openTransactions(
  admin: SearchAdmin,
  partitions: readonly TopicPartition[],
  { brokerId, maxTransactionTimeoutMs }: HangingSearch,
  nowMs: () => number,
): Promise<OpenTransaction[]> {
  const broker = brokerId === undefined ? 'Optional.empty' : `Optional[${brokerId}]`;
  const open: OpenTransaction[] = [];
  for (const batch of inBatches(partitions)) {
    const failure = `Failed to describe producers for ${batch.length} partitions on broker ${broker}`;
    for (const { topic, partition, producers, error } of await trying(
      failure,
      admin.describeProducers(batch, { brokerId }),
    )) {
      if (error) throw failedTo(failure, error);
      for (const producer of producers)
        if (producer.transactionStartOffset !== undefined && nowMs() - producer.lastTimestamp > maxTransactionTimeoutMs)
          open.push({ topic, partition, ...producer });
    }
  }
  return open;
}

/** What no coordinator has a transactional id for, or whose partition is no part of the id's transaction. */
async function unknownToCoordinators(admin: SearchAdmin, open: readonly OpenTransaction[]): Promise<OpenTransaction[]> {
  const producerIds = [...new Set(open.map(({ producerId }) => producerId))];
  const failure = `Failed to list transactions for ${producerIds.length} producers`;
  const listed = await trying(failure, admin.listTransactions({ producerIds }));
  const expected = new Map<number, ReadonlySet<string>>();
  for (const { producerId, transactionalId } of listed)
    if (producerIds.includes(producerId))
      expected.set(producerId, await partitionsOf(admin, transactionalId, listed.length));
  return open.filter(({ producerId, topic, partition }) => !expected.get(producerId)?.has(`${topic}-${partition}`));
}

async function partitionsOf(admin: SearchAdmin, transactionalId: string, ids: number): Promise<ReadonlySet<string>> {
  try {
    const { partitions } = await admin.describeTransaction(transactionalId);
    return new Set(partitions.map(({ topic, partition }) => `${topic}-${partition}`));
  } catch (error) {
    if (error instanceof KafkaError && error.info.name === 'TRANSACTIONAL_ID_NOT_FOUND') return new Set();
    throw failedTo(`Failed to describe ${ids} transactions`, error as Error);
  }
}

function* inBatches<T>(items: readonly T[]): Generator<readonly T[]> {
  for (let at = 0; at < items.length; at += BATCH) yield items.slice(at, at + BATCH);
}

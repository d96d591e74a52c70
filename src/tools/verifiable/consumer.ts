// Reads records and says of every step what happened (org.apache.kafka.tools.VerifiableConsumer).
import type { TopicPartition } from '../../client/admin/types.ts';
import type { AssignmentListener, Consumer } from '../../client/consumer.ts';
import type { Events } from './events.ts';
import type { PolledPartition, Polls } from './polls.ts';

export interface VerifiableConsumerPlan {
  /** -1 for no end. */
  readonly maxMessages: number;
  /** An event for each record too. */
  readonly verbose: boolean;
  /** Offsets are committed after each poll; otherwise the consumer does that by itself. */
  readonly commits: boolean;
}

/** Tells of partitions that come and go. */
export function assignmentEvents(
  events: Events,
  onRevoked: (partitions: readonly TopicPartition[]) => void,
): AssignmentListener {
  const named = (partitions: readonly TopicPartition[]) => ({
    partitions: partitions.map(({ topic, partition }) => ({ topic, partition })),
  });
  return {
    onAssigned: (partitions) => events.write('partitions_assigned', named(partitions)),
    onRevoked(partitions) {
      onRevoked(partitions);
      events.write('partitions_revoked', named(partitions));
    },
  };
}

/** Reads until there are enough records or the consumer is woken. @throws Error when reading cannot go on */
export async function consumeVerifiably(
  consumer: Consumer,
  polls: Polls,
  plan: VerifiableConsumerPlan,
  events: Events,
): Promise<void> {
  let consumed = 0;
  const left = () => (plan.maxMessages < 0 ? Number.POSITIVE_INFINITY : plan.maxMessages - consumed);
  while (left() > 0) {
    const polled = await polls.next();
    if (!polled) return;
    const taken: PolledPartition[] = [];
    for (const { records, ...partition } of polled) {
      const mine = records.slice(0, left());
      if (mine.length === 0) break;
      taken.push({ ...partition, records: mine });
      consumed += mine.length;
      if (plan.verbose) tellRecords({ ...partition, records: mine }, events);
    }
    // The count is of all that was polled, also of what is more than was asked for.
    const count = polled.reduce((sum, { records }) => sum + records.length, 0);
    events.write('records_consumed', { count, partitions: taken.map(summary) });
    const offsets = taken.map(({ topic, partition, records }) => ({
      topic,
      partition,
      offset: records.at(-1)!.offset + 1,
    }));
    if (plan.commits) await commit(consumer, offsets, events);
  }
}

const summary = ({ records, topic, partition }: PolledPartition) => ({
  topic,
  partition,
  count: records.length,
  minOffset: records[0]!.offset,
  maxOffset: records.at(-1)!.offset,
});

function tellRecords({ topic, partition, records }: PolledPartition, events: Events): void {
  for (const { key, value, offset } of records)
    events.write('record_data', { key: text(key), value: text(value), topic, partition, offset });
}

const text = (bytes: Buffer | null): string | null => bytes?.toString() ?? null;

type Offset = TopicPartition & { readonly offset: number };

/** Repeated by Kafka's script too when the group is in motion: then the partitions come anew with their old offsets. */
async function commit(consumer: Consumer, offsets: readonly Offset[], events: Events): Promise<void> {
  try {
    await consumer.commit(offsets.map((offset) => ({ ...offset, leaderEpoch: -1 })));
    events.write('offsets_committed', { offsets, success: true });
  } catch (error) {
    events.write('offsets_committed', { offsets, error: (error as Error).message, success: false });
  }
}

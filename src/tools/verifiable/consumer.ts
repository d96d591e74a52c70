// Reads records and says of every step what happened (org.apache.kafka.tools.VerifiableConsumer).
import type { TopicPartition } from '../../client/admin/types.ts';
import { type AssignmentListener, type Consumer, type Fetched, visibleBatches } from '../../client/consumer.ts';
import { openRecords } from '../../protocol/records/read.ts';
import type { Events } from './events.ts';

export interface VerifiableConsumerPlan {
  /** -1 for no end. */
  readonly maxMessages: number;
  /** An event for each record too. */
  readonly verbose: boolean;
  /** Offsets are committed after each fetch; otherwise the consumer does that by itself. */
  readonly commits: boolean;
}

/** So many records at once are the most that Kafka's consumer hands out (`max.poll.records`). */
const MAX_POLL_RECORDS = 500;

/** What was read of a partition at once. */
interface Taken {
  /** All that was handed out at once, also what is more than was asked for. */
  readonly polled: number;
  /** What was taken of it. */
  readonly count: number;
  readonly minOffset: number;
  readonly maxOffset: number;
}

/** Tells of partitions that come and go. */
export function assignmentEvents(events: Events): AssignmentListener {
  const named = (partitions: readonly TopicPartition[]) => ({
    partitions: partitions.map(({ topic, partition }) => ({ topic, partition })),
  });
  return {
    onAssigned: (partitions) => events.write('partitions_assigned', named(partitions)),
    onRevoked: (partitions) => events.write('partitions_revoked', named(partitions)),
  };
}

/** Reads until there are enough records or the consumer is woken. @throws Error when reading cannot go on */
export async function consumeVerifiably(
  consumer: Consumer,
  plan: VerifiableConsumerPlan,
  events: Events,
): Promise<void> {
  let count = 0;
  const left = () => (plan.maxMessages < 0 ? Number.POSITIVE_INFINITY : plan.maxMessages - count);
  while (left() > 0) {
    const fetched = await consumer.next(Number.MAX_SAFE_INTEGER);
    if (!fetched) return;
    const taken = take(consumer, fetched, left(), plan.verbose ? events : undefined);
    if (!taken) {
      consumer.seen(fetched, fetched.end, fetched.leaderEpoch);
      continue;
    }
    count += taken.count;
    const { topic, partition } = fetched;
    const { polled, ...consumed } = taken;
    events.write('records_consumed', { count: polled, partitions: [{ topic, partition, ...consumed }] });
    const offset = taken.maxOffset + 1;
    consumer.seen(fetched, offset, fetched.leaderEpoch);
    if (plan.commits) await commit(consumer, { topic, partition, offset }, events);
  }
}

/** @param events told of each record; undefined without */
function take(consumer: Consumer, fetched: Fetched, most: number, events: Events | undefined): Taken | undefined {
  const { topic, partition } = fetched;
  let [polled, count, minOffset, maxOffset] = [0, 0, 0, 0];
  for (const { header, pos } of visibleBatches(fetched, consumer.settings.checkCrcs)) {
    const cursor = openRecords(fetched.records, pos, header);
    while ((count < most || polled < MAX_POLL_RECORDS) && cursor.next()) {
      if (cursor.offset < fetched.offset) continue;
      polled++;
      if (count >= most) continue;
      if (count === 0) minOffset = cursor.offset;
      maxOffset = cursor.offset;
      count++;
      const [key, value] = [text(cursor.key), text(cursor.value)];
      events?.write('record_data', { key, value, topic, partition, offset: cursor.offset });
    }
  }
  return count === 0 ? undefined : { polled, count, minOffset, maxOffset };
}

const text = (bytes: Buffer | null): string | null => bytes?.toString() ?? null;

/** Repeated by Kafka's script too when the group is in motion: then the partition comes anew with its old offset. */
async function commit(
  consumer: Consumer,
  offset: TopicPartition & { readonly offset: number },
  events: Events,
): Promise<void> {
  const offsets = [offset];
  try {
    await consumer.commit([{ ...offset, leaderEpoch: -1 }]);
    events.write('offsets_committed', { offsets, success: true });
  } catch (error) {
    events.write('offsets_committed', { offsets, error: (error as Error).message, success: false });
  }
}

// Records as a poll of Kafka's consumer hands them out: of all partitions that have some, at most max.poll.records together
// (FetchCollector); what is more comes with the next poll.
import type { TopicPartition } from '../../client/admin/types.ts';
import { type Consumer, type Fetched, visibleBatches } from '../../client/consumer.ts';
import { openRecords } from '../../protocol/records/read.ts';
import { hashMapOrder, topicPartitionHash } from '../../util/java-hash.ts';

export interface PolledRecord {
  readonly offset: number;
  readonly key: Buffer | null;
  readonly value: Buffer | null;
}

/** What a poll has of one partition, one record at least. */
export interface PolledPartition extends TopicPartition {
  readonly records: readonly PolledRecord[];
}

interface Open {
  readonly fetched: Fetched;
  readonly records: Iterator<PolledRecord>;
}

export class Polls {
  readonly #consumer: Consumer;
  #open: Open | undefined;

  constructor(consumer: Consumer) {
    this.#consumer = consumer;
  }

  /** Waits for a record at least. Undefined after the consumer was woken. @throws Error when reading cannot go on */
  async next(): Promise<readonly PolledPartition[] | undefined> {
    const { maxPollRecords } = this.#consumer.settings;
    const polled = new Map<string, PolledPartition & { readonly records: PolledRecord[] }>();
    for (let count = 0; count < maxPollRecords; ) {
      if (this.#open === undefined && count > 0 && !this.#consumer.hasMore) break;
      const open = this.#open ?? (await this.#fetch());
      if (open === undefined) return undefined;
      const { topic, partition, end, leaderEpoch } = open.fetched;
      const { value: record } = open.records.next();
      if (record === undefined) {
        this.#open = undefined;
        this.#consumer.seen(open.fetched, end, leaderEpoch);
        continue;
      }
      this.#open = open;
      this.#consumer.seen(open.fetched, record.offset + 1, leaderEpoch);
      const key = `${topic}-${partition}`;
      const mine = polled.get(key) ?? { topic, partition, records: [] };
      polled.set(key, mine);
      mine.records.push(record);
      count++;
    }
    return hashMapOrder(polled.values(), ({ topic, partition }) => topicPartitionHash(topic, partition));
  }

  /** Partitions that were taken away: what is left of them goes to another consumer. */
  forget(partitions: readonly TopicPartition[]): void {
    const left = this.#open?.fetched;
    if (partitions.some(({ topic, partition }) => topic === left?.topic && partition === left.partition))
      this.#open = undefined;
  }

  async #fetch(): Promise<Open | undefined> {
    const fetched = await this.#consumer.next(Number.MAX_SAFE_INTEGER);
    return fetched && { fetched, records: recordsOf(fetched, this.#consumer.settings.checkCrcs) };
  }
}

function* recordsOf(fetched: Fetched, checkCrcs: boolean): Generator<PolledRecord, undefined> {
  for (const { header, pos } of visibleBatches(fetched, checkCrcs)) {
    const cursor = openRecords(fetched.records, pos, header);
    while (cursor.next())
      if (cursor.offset >= fetched.offset) yield { offset: cursor.offset, key: cursor.key, value: cursor.value };
  }
  return undefined;
}

// Reads records as fast as they come and measures that (org.apache.kafka.tools.ConsumerPerformance).
import type { TopicPartition } from '../../client/admin/types.ts';
import { type Consumer, type Fetched, visibleBatches } from '../../client/consumer.ts';
import { openRecords } from '../../protocol/records/read.ts';
import { systemClock } from '../../util/clock.ts';
import { type Consumed, intervalLine } from './lines.ts';

export interface ConsumerPerfTest {
  readonly records: number;
  /** Milliseconds without a record after which to end. */
  readonly timeoutMs: number;
  readonly reportingIntervalMs: number;
  readonly detailed: boolean;
  readonly formatTime: (epochMs: number) => string;
  /** So many more records came. */
  readonly onRecords?: ((records: number) => void) | undefined;
  /** Gets each line of a detailed report. */
  readonly print: (line: string) => void;
}

export interface ConsumerPerfResult extends Consumed {
  /** Those that records came of. */
  readonly partitions: readonly TopicPartition[];
  readonly startMs: number;
  readonly endMs: number;
}

/** Kafka's script asks for so long at a time, and looks at its time limit in between. */
const POLL_MS = 100;

/** How long a consumer was without partitions; its listener while it is measured. */
export class RebalanceTimes {
  #lostMs = systemClock.nowMs();
  #totalMs = 0;

  onAssigned(): void {
    this.#totalMs += systemClock.nowMs() - this.#lostMs;
  }

  onRevoked(): void {
    this.#lostMs = systemClock.nowMs();
  }

  get totalMs(): number {
    return this.#totalMs;
  }
}

/** Reads until there are enough records, or none has come for too long. @throws Error when reading cannot go on */
export async function measureConsumer(
  consumer: Consumer,
  rebalances: RebalanceTimes,
  test: ConsumerPerfTest,
): Promise<ConsumerPerfResult> {
  const startMs = systemClock.nowMs();
  const progress = new Progress(test, rebalances, startMs);
  let consumedMs = startMs;
  let nowMs = startMs;
  while (progress.records < test.records && nowMs - consumedMs <= test.timeoutMs && !consumer.isWoken) {
    const fetched = await consumer.next(POLL_MS);
    nowMs = systemClock.nowMs();
    if (!fetched) continue;
    if (progress.count(fetched, consumer.settings.checkCrcs, nowMs)) consumedMs = nowMs;
    consumer.seen(fetched, fetched.end, fetched.leaderEpoch);
  }
  const { records, bytes } = progress;
  const partitions = [...progress.partitions.values()];
  return { records, bytes, partitions, rebalanceMs: rebalances.totalMs, startMs, endMs: systemClock.nowMs() };
}

class Progress {
  records = 0;
  bytes = 0;
  readonly partitions = new Map<string, TopicPartition>();
  readonly #test: ConsumerPerfTest;
  readonly #rebalances: RebalanceTimes;
  #last: Consumed = { records: 0, bytes: 0, rebalanceMs: 0 };
  #lastMs: number;

  constructor(test: ConsumerPerfTest, rebalances: RebalanceTimes, startMs: number) {
    this.#test = test;
    this.#rebalances = rebalances;
    this.#lastMs = startMs;
  }

  /** Answers whether there was a record. */
  count(fetched: Fetched, checkCrcs: boolean, nowMs: number): boolean {
    const before = this.records;
    for (const { header, pos } of visibleBatches(fetched, checkCrcs)) {
      const cursor = openRecords(fetched.records, pos, header);
      while (cursor.next()) {
        if (cursor.offset < fetched.offset) continue;
        this.records++;
        this.bytes += Math.max(0, cursor.keySize) + Math.max(0, cursor.valueSize);
        if (nowMs - this.#lastMs >= this.#test.reportingIntervalMs) this.#endInterval(nowMs);
      }
    }
    this.#test.onRecords?.(this.records - before);
    if (this.records === before) return false;
    const { topic, partition } = fetched;
    this.partitions.set(`${topic}-${partition}`, { topic, partition });
    return true;
  }

  #endInterval(nowMs: number): void {
    const { detailed, formatTime, print } = this.#test;
    const total = { records: this.records, bytes: this.bytes, rebalanceMs: this.#rebalances.totalMs };
    const interval = {
      records: total.records - this.#last.records,
      bytes: total.bytes - this.#last.bytes,
      rebalanceMs: total.rebalanceMs - this.#last.rebalanceMs,
    };
    if (detailed) print(intervalLine(formatTime(nowMs), total, interval, this.#lastMs, nowMs));
    this.#last = total;
    this.#lastMs = nowMs;
  }
}

// Writes records as fast as asked for and measures them (org.apache.kafka.tools.ProducerPerformance).
import { setImmediate, setTimeout } from 'node:timers/promises';
import type { Producer } from '../../client/producer.ts';
import { systemClock } from '../../util/clock.ts';
import type { Payloads } from './payloads.ts';
import { Stats, type Totals } from './stats.ts';

export interface PerfTest {
  readonly topic: string;
  readonly records: number;
  /** The first so many are left out of `steadyState`. */
  readonly warmupRecords: number;
  readonly payloads: Payloads;
  /** Records a second; below 0 for no limit. */
  readonly throughput: number;
  readonly reportingIntervalMs: number;
  /** Undefined without transactions. */
  readonly transactionDurationMs: number | undefined;
  /** Gets each line of progress. */
  readonly print: (line: string) => void;
  /** So many more records were acknowledged. */
  readonly onRecords?: ((records: number) => void) | undefined;
  /** A record was given up. */
  readonly onError: (error: Error) => void;
}

export interface PerfResult {
  readonly all: Totals;
  /** Undefined without warm-up. */
  readonly steadyState: Totals | undefined;
  readonly failed: number;
}

/** So many records are handed over before the answers that came meanwhile are looked at, which are what is measured. */
const RECORDS_A_TURN = 256;

/** @throws KafkaError if a transaction cannot be begun or committed */
export async function measureProducer(producer: Producer, test: PerfTest): Promise<PerfResult> {
  const { topic, records, warmupRecords, payloads, throughput, reportingIntervalMs, print } = test;
  const transactions =
    test.transactionDurationMs === undefined ? undefined : new Rounds(producer, test.transactionDurationMs);
  await transactions?.init();
  const startMs = systemClock.nowMs();
  const stats = new Stats({ records, reportingIntervalMs, startMs, print });
  let steady: Stats | undefined;
  let failed = 0;
  let told = 0;
  for (let i = 0; i < records; i++) {
    transactions?.before();
    if (warmupRecords > 0 && i === warmupRecords) {
      steady = steadyStats(test);
      stats.suppressPrinting();
    }
    const payload = payloads(i);
    const sentMs = systemClock.nowMs();
    const [bytes, counted] = [payload.length, steady];
    const taken = producer.append(topic, null, null, payload, undefined, sentMs, (error) => {
      if (error) {
        failed++;
        test.onError(error);
        return;
      }
      const nowMs = systemClock.nowMs();
      stats.record(nowMs - sentMs, bytes, nowMs);
      counted?.record(nowMs - sentMs, bytes, nowMs);
    });
    if (!taken) await producer.drain();
    await transactions?.after(sentMs);
    if (throughput >= 0) await pause(i + 1, throughput, startMs, sentMs);
    if (i % RECORDS_A_TURN === 0) {
      await setImmediate();
      told = tellMore(stats, told, test);
    }
  }
  await transactions?.end();
  await producer.flush();
  const endMs = systemClock.nowMs();
  return { all: stats.totals(endMs), steadyState: steady?.totals(endMs), failed };
}

function tellMore({ records }: Stats, told: number, { onRecords }: PerfTest): number {
  onRecords?.(records - told);
  return records;
}

function steadyStats({ records, warmupRecords, reportingIntervalMs, print }: PerfTest): Stats {
  return new Stats({
    records: records - warmupRecords,
    reportingIntervalMs,
    steadyState: true,
    startMs: systemClock.nowMs(),
    print,
  });
}

/** Waits while more records were sent than the rate allows (ThroughputThrottler); at no rate at all, for ever. */
async function pause(sent: number, perSecond: number, startMs: number, nowMs: number): Promise<void> {
  if (perSecond === 0) return setTimeout(2 ** 31 - 1);
  const aheadMs = (sent / perSecond) * 1000 - (nowMs - startMs);
  if (aheadMs > 0 && nowMs > startMs) await setTimeout(aheadMs);
}

/** One transaction after the other, each open for a while. */
class Rounds {
  readonly #producer: Producer;
  readonly #durationMs: number;
  #beganMs: number | undefined;

  constructor(producer: Producer, durationMs: number) {
    this.#producer = producer;
    this.#durationMs = durationMs;
  }

  init(): Promise<void> {
    return this.#producer.initTransactions();
  }

  before(): void {
    if (this.#beganMs !== undefined) return;
    this.#producer.beginTransaction();
    this.#beganMs = systemClock.nowMs();
  }

  async after(nowMs: number): Promise<void> {
    if (this.#beganMs === undefined || nowMs - this.#beganMs < this.#durationMs) return;
    await this.end();
  }

  async end(): Promise<void> {
    if (this.#beganMs === undefined) return;
    await this.#producer.commitTransaction();
    this.#beganMs = undefined;
  }
}

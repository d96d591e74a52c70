import { type Consumer, type Fetched, type VisibleBatch, visibleBatches } from '../../client/consumer.ts';
import { openRecords } from '../../protocol/records/read.ts';
import { JavaException } from '../java-exception.ts';
import type { Formatter } from './formatter.ts';
import { OutputBuffer } from './output-buffer.ts';

export interface PrintOptions {
  readonly formatter: Formatter;
  /** -1 for all there will be. */
  readonly maxMessages: number;
  /** Milliseconds without a record after which to end; undefined for never. */
  readonly timeoutMs: number | undefined;
  readonly skipMessageOnError: boolean;
  /** Hands bytes to standard output. */
  write(bytes: Buffer): Promise<void>;
  /** Whether nobody reads standard output any more. */
  isClosed(): boolean;
  /** Told of so many more records that were taken. */
  onPrinted?(records: number): void;
  /** A record that is skipped. */
  onSkipped(error: Error): void;
}

/** How printing ended. */
export interface Printed {
  /** Records taken, those included that were skipped or failed. */
  readonly count: number;
  /** Why reading ended, unless it was told to. */
  readonly readError?: Error;
  /** Why the last record could not be printed. */
  readonly formatError?: Error;
}

const NO_EPOCH = -1;

export class IdleTimeout extends JavaException {
  constructor() {
    super('org.apache.kafka.common.errors.TimeoutException');
  }
}

/** So much is written at once while records are waiting. */
const WRITE_BYTES = 256 * 1024;

/** Prints records until there are enough, none comes in time, the consumer is woken or nobody reads (ConsoleConsumer). */
export async function printRecords(consumer: Consumer, options: PrintOptions): Promise<Printed> {
  const printer = new Printer(consumer, options);
  const result = await printer.run();
  await printer.flush();
  return result;
}

class Printer {
  readonly #consumer: Consumer;
  readonly #options: PrintOptions;
  readonly #out = new OutputBuffer(2 * WRITE_BYTES);
  #count = 0;

  constructor(consumer: Consumer, options: PrintOptions) {
    this.#consumer = consumer;
    this.#options = options;
  }

  get #isDone(): boolean {
    const { maxMessages } = this.#options;
    return this.#options.isClosed() || (maxMessages !== -1 && this.#count >= maxMessages);
  }

  async run(): Promise<Printed> {
    const timeoutMs = this.#options.timeoutMs ?? Number.MAX_SAFE_INTEGER;
    while (!this.#isDone) {
      let fetched: Fetched | undefined;
      try {
        fetched = await this.#consumer.next(timeoutMs);
      } catch (error) {
        return { count: this.#count, readError: error as Error };
      }
      if (!fetched) return this.#consumer.isWoken ? this.#ended : { count: this.#count, readError: new IdleTimeout() };
      const before = this.#count;
      const failed = await this.#printFetched(fetched);
      this.#options.onPrinted?.(this.#count - before);
      if (failed) return { count: this.#count, ...failed };
      if (!this.#consumer.hasMore) await this.flush();
    }
    return this.#ended;
  }

  get #ended(): Printed {
    return { count: this.#count };
  }

  async flush(): Promise<void> {
    if (this.#out.length > 0) await this.#options.write(this.#out.take());
  }

  async #printFetched(fetched: Fetched): Promise<Omit<Printed, 'count'> | undefined> {
    try {
      for (const batch of visibleBatches(fetched, this.#consumer.settings.checkCrcs)) {
        const formatError = this.#printBatch(fetched, batch);
        if (formatError) return { formatError };
        if (this.#out.length >= WRITE_BYTES) await this.flush();
        if (this.#isDone) return undefined;
      }
    } catch (error) {
      return { readError: error as Error };
    }
    this.#consumer.seen(fetched, fetched.end, fetched.leaderEpoch);
    return undefined;
  }

  /** Answers the error of a record that cannot be printed. */
  #printBatch(fetched: Fetched, { header, pos }: VisibleBatch): Error | undefined {
    const { formatter, maxMessages } = this.#options;
    const { topic, partition, offset: first } = fetched;
    const cursor = openRecords(fetched.records, pos, header);
    const out = this.#out;
    let failure: Error | undefined;
    let next = first;
    while (!failure && this.#count !== maxMessages && cursor.next()) {
      if (cursor.offset < first) continue;
      this.#count++;
      next = cursor.offset + 1;
      try {
        formatter.write(cursor, partition, out, topic);
      } catch (error) {
        if (this.#options.skipMessageOnError) this.#options.onSkipped(error as Error);
        else failure = error as Error;
      }
    }
    // Kafka's tool seeks back to the first record that it has and does not print, and a sought position has no epoch.
    const soughtBack = this.#count === maxMessages && next < fetched.end;
    if (next > first) this.#consumer.seen(fetched, next, soughtBack ? NO_EPOCH : header.partitionLeaderEpoch);
    return failure;
  }
}

import { AcknowledgeType, type ShareConsumer, type ShareRecord } from '../../client/share-consumer.ts';
import { systemClock } from '../../util/clock.ts';
import type { Formatter } from '../console-consumer/formatter.ts';
import { OutputBuffer } from '../console-consumer/output-buffer.ts';
import { IdleTimeout, type Printed } from '../console-consumer/print-records.ts';

export interface SharePrintOptions {
  readonly formatter: Formatter;
  /** -1 for all there will be. */
  readonly maxMessages: number;
  /** Milliseconds without a record after which to end; undefined for never. */
  readonly timeoutMs: number | undefined;
  /** What is said of a record that was printed. */
  readonly acknowledge: 'accept' | 'release' | 'reject';
  readonly rejectMessageOnError: boolean;
  /** Hands bytes to standard output. */
  write(bytes: Buffer): Promise<void>;
  /** Whether nobody reads standard output any more. */
  isClosed(): boolean;
  /** A record that is rejected as it cannot be printed. */
  onRejected(error: Error): void;
}

const TYPES = {
  accept: AcknowledgeType.ACCEPT,
  release: AcknowledgeType.RELEASE,
  reject: AcknowledgeType.REJECT,
} as const;

/**
 * Prints and acknowledges records until there are enough, none comes in time, the consumer is woken or nobody reads
 * (ConsoleShareConsumer). Records that came and were not printed are the group's again when the consumer closes.
 */
export async function printShareRecords(consumer: ShareConsumer, options: SharePrintOptions): Promise<Printed> {
  const out = new OutputBuffer();
  const flush = async () => {
    if (out.length > 0) await options.write(out.take());
  };
  let count = 0;
  const { maxMessages } = options;
  const isDone = () => options.isClosed() || (maxMessages !== -1 && count >= maxMessages);
  while (!isDone()) {
    let records: readonly ShareRecord[] | undefined;
    try {
      records = await nextRecords(consumer, options.timeoutMs);
    } catch (error) {
      return { count, readError: error as Error };
    }
    if (!records) return { count };
    for (const record of records) {
      if (isDone()) break;
      count++;
      const formatError = print(consumer, record, out, options);
      if (formatError) {
        await flush();
        return { count, formatError };
      }
    }
    await flush();
  }
  return { count };
}

/**
 * A group whose members have just changed assigns nothing anew for share.assignment.interval.ms (1 s), which passes while a
 * JVM starts: who begins sooner waits for it, unless less time than that was given.
 */
const ASSIGNMENT_MS = 1000;

/** Undefined when the consumer was woken. @throws IdleTimeout */
async function nextRecords(
  consumer: ShareConsumer,
  timeoutMs: number | undefined,
): Promise<readonly ShareRecord[] | undefined> {
  const idleFrom = systemClock.monotonicMs() + (timeoutMs ?? Number.POSITIVE_INFINITY);
  const deadline = () =>
    consumer.isAssigned || (timeoutMs ?? 0) < ASSIGNMENT_MS ? idleFrom : idleFrom + ASSIGNMENT_MS;
  for (;;) {
    const left = Math.max(0, deadline() - systemClock.monotonicMs());
    const deliveries = await consumer.poll(Math.min(left, Number.MAX_SAFE_INTEGER));
    if (deliveries.length > 0) return deliveries.flatMap(({ records }) => records);
    if (consumer.isWoken) return undefined;
    if (systemClock.monotonicMs() >= deadline()) throw new IdleTimeout();
  }
}

/** Answers the error of a record that cannot be printed and ends it all. */
function print(
  consumer: ShareConsumer,
  record: ShareRecord,
  out: OutputBuffer,
  { formatter, acknowledge, rejectMessageOnError, onRejected }: SharePrintOptions,
): Error | undefined {
  try {
    formatter.write(record, record.partition, out, record.topic);
  } catch (error) {
    if (!rejectMessageOnError) return error as Error;
    onRejected(error as Error);
    consumer.acknowledge(record, AcknowledgeType.REJECT);
    return undefined;
  }
  consumer.acknowledge(record, TYPES[acknowledge]);
  return undefined;
}

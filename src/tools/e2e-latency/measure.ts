// Sends records one at a time and waits for each to come back (org.apache.kafka.tools.EndToEndLatency).
import { randomBytes } from 'node:crypto';
import type { Consumer } from '../../client/consumer.ts';
import { visibleBatches } from '../../client/consumer.ts';
import type { Producer } from '../../client/producer.ts';
import { openRecords } from '../../protocol/records/read.ts';
import type { KafkaRecord, RecordHeader } from '../../protocol/records/record.ts';
import { systemClock } from '../../util/clock.ts';
import { javaDoubleToString } from '../../util/java-double.ts';
import { executionException, JavaException } from '../java-exception.ts';

export interface LatencyTest {
  readonly topic: string;
  readonly records: number;
  readonly recordSize: number;
  readonly keySize: number;
  readonly headers: number;
  readonly headerKeySize: number;
  readonly headerValueSize: number;
  /** Another record came back. */
  readonly onRecord?: (() => void) | undefined;
  /** Gets each line of progress. */
  readonly print: (line: string) => void;
}

/** Milliseconds. */
export interface Latencies {
  readonly avgMs: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly p999Ms: number;
}

const POLL_TIMEOUT_MS = 60_000;
/** Every so many records one is reported. */
const REPORT_EVERY = 1000;

type Message = Pick<KafkaRecord, 'key' | 'value' | 'headers'>;

/** @throws Error if a record does not come back, or not as it was sent; JavaException if it cannot be written */
export async function measureLatency(producer: Producer, consumer: Consumer, test: LatencyTest): Promise<Latencies> {
  const latencies: number[] = [];
  let totalMs = 0;
  for (let i = 0; i < test.records; i++) {
    const message = randomMessage(test);
    const beginMs = systemClock.monotonicMs();
    await send(producer, test.topic, message);
    const received = await poll(consumer);
    // Whole nanoseconds, as System.nanoTime has them: the rest is what the subtraction of two doubles leaves.
    const elapsedMs = Math.round((systemClock.monotonicMs() - beginMs) * 1e6) / 1000 / 1000;
    await checkReceived(message, received, consumer);
    if (i % REPORT_EVERY === 0) test.print(`${i}\t${javaDoubleToString(elapsedMs)}`);
    test.onRecord?.();
    totalMs += elapsedMs;
    latencies.push(Math.floor(elapsedMs));
  }
  latencies.sort((a, b) => a - b);
  const percentile = (share: number) => latencies[Math.floor(latencies.length * share)]!;
  return {
    avgMs: totalMs / test.records,
    p50Ms: percentile(0.5),
    p99Ms: percentile(0.99),
    p999Ms: percentile(0.999),
  };
}

export const latencyLines = ({ avgMs, p50Ms, p99Ms, p999Ms }: Latencies): string =>
  `Avg latency: ${avgMs.toFixed(4)} ms\nPercentiles: 50th = ${p50Ms}, 99th = ${p99Ms}, 99.9th = ${p999Ms}\n`;

function randomMessage({ keySize, recordSize, headers, headerKeySize, headerValueSize }: LatencyTest): Message {
  return {
    key: keySize > 0 ? letters(keySize) : null,
    value: letters(recordSize),
    headers: Array.from({ length: headers }, () => ({
      key: letters(headerKeySize).toString(),
      value: headerValueSize < 0 ? null : letters(headerValueSize),
    })),
  };
}

const letters = (size: number): Buffer => randomBytes(size).map((byte) => 65 + (byte % 26)) as Buffer;

function send(producer: Producer, topic: string, { key, value, headers }: Message): Promise<void> {
  return new Promise((resolve, reject) => {
    producer.append(topic, null, key, value, headers as RecordHeader[], undefined, (error) =>
      error ? reject(executionException(error)) : resolve(),
    );
  });
}

async function poll(consumer: Consumer): Promise<Message[]> {
  const fetched = await consumer.next(POLL_TIMEOUT_MS);
  if (!fetched) return [];
  const messages: Message[] = [];
  for (const { header, pos } of visibleBatches(fetched, consumer.settings.checkCrcs)) {
    const cursor = openRecords(fetched.records, pos, header);
    while (cursor.next())
      if (cursor.offset >= fetched.offset)
        messages.push({ key: cursor.key, value: cursor.value, headers: [...cursor.headers] });
  }
  consumer.seen(fetched, fetched.end, fetched.leaderEpoch);
  return messages;
}

/** What came is committed before the test ends with a failure, as at its end. */
async function checkReceived(sent: Message, received: readonly Message[], consumer: Consumer): Promise<void> {
  try {
    check(sent, received);
  } catch (error) {
    await consumer.commitAssigned();
    throw error;
  }
}

const unexpected = (message: string): JavaException => new JavaException('java.lang.RuntimeException', message);

const text = (bytes: Uint8Array | null): string => (bytes === null ? 'null' : Buffer.from(bytes).toString());

function check(sent: Message, [received, ...others]: readonly Message[]): void {
  if (!received) throw unexpected(`poll() timed out before finding a result (timeout:[${POLL_TIMEOUT_MS}ms])`);
  if (text(received.value) !== text(sent.value))
    throw unexpected(
      `The message value read [${text(received.value)}] did not match the message value sent [${text(sent.value)}]`,
    );
  checkKey(sent.key, received.key);
  checkHeaders(sent.headers, received.headers);
  if (others.length > 0)
    throw unexpected(`Only one result was expected during this test. We found [${others.length + 1}]`);
}

function checkKey(sent: Buffer | null, received: Buffer | null): void {
  if (sent === null && received !== null)
    throw unexpected(`Expected null message key but received [${text(received)}]`);
  if (sent !== null && received === null) throw unexpected('Expected message key but received null');
  if (text(sent) !== text(received))
    throw unexpected(`The message key read [${text(received)}] did not match the message key sent [${text(sent)}]`);
}

function checkHeaders(sent: readonly RecordHeader[], received: readonly RecordHeader[]): void {
  if (sent.length > 0 && received.length === 0) throw unexpected('Expected message headers but received none');
  if (sent.length !== received.length) throw unexpected('Header count mismatch between sent and received messages');
  for (const [i, { key, value }] of sent.entries()) {
    const other = received[i]!;
    if (other.key !== key || text(other.value) !== text(value))
      throw unexpected(
        `The message header read [${other.key}:${text(other.value)}] did not match the message header sent [${key}:${text(value)}]`,
      );
  }
}

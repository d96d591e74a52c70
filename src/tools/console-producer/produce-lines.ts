import { UnusableProducerError } from '../../client/errors.ts';
import type { Delivery, Producer } from '../../client/producer.ts';
import { systemClock } from '../../util/clock.ts';
import { executionException } from '../java-exception.ts';
import type { LineReader } from './line-reader.ts';
import { LineSplitter } from './line-splitter.ts';

export interface ProduceOptions {
  readonly topic: string;
  readonly reader: LineReader;
  /** Wait for the broker after every record; the first failure ends it all. */
  readonly sync: boolean;
  /** Called before every line is read. */
  prompt?(): void;
  /** Told of so many more lines that were taken. */
  onTaken?(lines: number): void;
}

/**
 * Sends the lines of `input` to a topic, as fast as the producer takes them (ConsoleProducer.loopReader). The chunks of
 * `input` may all lie in the same memory.
 * @throws JavaException for a line that is no record, or with `sync` for a record that is not written
 */
export async function produceLines(
  producer: Producer,
  input: AsyncIterable<Buffer>,
  options: ProduceOptions,
): Promise<void> {
  const splitter = new LineSplitter();
  const send = options.sync ? sendEach : sendAll;
  let lineNumber = 0;
  options.prompt?.();
  for await (const chunk of input) {
    const lines = splitter.push(chunk);
    await send(producer, lines, lineNumber, options);
    lineNumber += lines.length;
    options.onTaken?.(lines.length);
  }
  const last = splitter.end();
  if (!last) return;
  await send(producer, [last], lineNumber, options);
  options.onTaken?.(1);
}

async function sendAll(
  producer: Producer,
  lines: readonly Buffer[],
  linesBefore: number,
  { topic, reader, prompt }: ProduceOptions,
): Promise<void> {
  const nowMs = systemClock.nowMs();
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i]!;
    const taken = reader.plain
      ? producer.append(topic, null, null, line, undefined, nowMs)
      : appendRecord(producer, topic, reader, line, linesBefore + i + 1);
    prompt?.();
    if (!taken) await producer.drain();
  }
}

async function sendEach(
  producer: Producer,
  lines: readonly Buffer[],
  linesBefore: number,
  { topic, reader, prompt }: ProduceOptions,
): Promise<void> {
  for (const [i, line] of lines.entries()) {
    let failure: Error | null = null;
    appendRecord(producer, topic, reader, line, linesBefore + i + 1, (error) => {
      failure = error;
    });
    await producer.flush();
    if (failure) throw (failure as Error) instanceof UnusableProducerError ? failure : executionException(failure);
    prompt?.();
  }
}

function appendRecord(
  producer: Producer,
  topic: string,
  reader: LineReader,
  line: Buffer,
  lineNumber: number,
  delivery?: Delivery,
): boolean {
  const record = reader.read(line, lineNumber);
  if (record === undefined) return true;
  const { key, value, headers } = record;
  return producer.append(topic, null, key, value, headers, undefined, delivery);
}

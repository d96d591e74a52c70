// The records of one batch as Kafka's tool meets them: those of a compressed batch are all read before the first is shown.
import { BATCH_OVERHEAD, codecOf } from '../../protocol/records/batch.ts';
import { loadCodec } from '../../protocol/records/compression.ts';
import { RecordCursor } from '../../protocol/records/cursor.ts';
import { RecordError } from '../../protocol/records/error.ts';
import { VarintOverflow, VarintUnderflow } from '../../protocol/records/varint.ts';
import { illegalArgument, JavaException } from '../java-exception.ts';
import type { FileBatch } from './file-batch.ts';
import { unpack } from './unpack.ts';
import { END_OF_FILE, type Unpacked, undecodable, wrongEnd } from './unpacked.ts';

const CLASSES: Readonly<Record<RecordError['kind'], string>> = {
  corrupt: 'org.apache.kafka.common.errors.CorruptRecordException',
  invalid: 'org.apache.kafka.common.InvalidRecordException',
  unsupported: 'java.lang.IllegalArgumentException',
  'unsupported-compression': 'java.lang.IllegalArgumentException',
  'too-large': 'java.lang.OutOfMemoryError',
};

/** What is wrong with a record, in Kafka's words and with its class; any other error stays as it is. */
function recordException(error: unknown): unknown {
  if (!(error instanceof RecordError)) return error;
  if (error.cause instanceof VarintOverflow && error.cause.message === error.message)
    return illegalArgument(error.message);
  return new JavaException(CLASSES[error.kind], error.message, { cause: causeOf(error) });
}

function causeOf({ cause }: RecordError): JavaException | undefined {
  if (cause instanceof VarintUnderflow)
    return cause.message === ''
      ? new JavaException('java.nio.BufferUnderflowException')
      : illegalArgument(cause.message);
  return cause instanceof VarintOverflow ? illegalArgument(cause.message) : undefined;
}

/** Calls something that reads records. @throws JavaException where they are damaged */
export function reading<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw recordException(error);
  }
}

/**
 * A cursor over the records, with offsets relative to the batch's and timestamps relative to its base timestamp, which may be beyond
 * what a number holds.
 * @throws JavaException for a compressed batch in which anything is damaged
 */
export async function openBatch({ bytes, header, size }: FileBatch): Promise<RecordCursor> {
  const relative = { ...header, baseOffset: 0, baseTimestamp: 0 };
  const codec = codecOf(header.attributes);
  if (size < BATCH_OVERHEAD) throw new JavaException('java.lang.IndexOutOfBoundsException');
  if (codec === 0 || header.count === 0)
    return reading(
      () => new RecordCursor({ buf: bytes, start: BATCH_OVERHEAD, end: size, compressed: false }, relative),
    );
  await loadCodec(codec);
  const unpacked = unpack(codec, bytes.subarray(BATCH_OVERHEAD));
  return reading(() => {
    const cursor = () => overUnpacked(unpacked, relative);
    readAll(cursor(), unpacked);
    return cursor();
  });
}

const overUnpacked = ({ records }: Unpacked, header: FileBatch['header']): RecordCursor =>
  new RecordCursor({ buf: records, start: 0, end: records.length, compressed: true }, header);

/** @throws RecordError, or what the stream says where it ends */
function readAll(cursor: RecordCursor, { behind }: Unpacked): void {
  try {
    while (cursor.next());
  } catch (error) {
    throw behind && behind.javaClass !== END_OF_FILE && isAtEnd(error) ? undecodable(behind) : error;
  }
  if (behind) throw wrongEnd(behind);
}

/** Of a record that begins, or goes on, where there is nothing any more. */
const isAtEnd = (error: unknown): boolean =>
  error instanceof RecordError && (error.message.endsWith(' reached EOF.') || error.cause instanceof VarintOverflow);

// What there is of compressed records, and the exceptions around it (Compression.wrapForInput, DefaultRecordBatch).
import { JavaException } from '../java-exception.ts';

export interface Unpacked {
  readonly records: Buffer;
  /** What Java's stream says behind them: only then is a checksum looked at. */
  readonly behind: JavaException | undefined;
}

export const END_OF_FILE = 'java.io.EOFException';
export const IO_EXCEPTION = 'java.io.IOException';
const KAFKA_EXCEPTION = 'org.apache.kafka.common.KafkaException';

/** What a stream says that cannot be opened (Compression.wrapForInput). */
export function unopened(javaClass: string, message = ''): JavaException {
  const cause = new JavaException(javaClass, message);
  return new JavaException(KAFKA_EXCEPTION, String(cause), { cause });
}

export const undecodable = (cause: JavaException): JavaException =>
  new JavaException(KAFKA_EXCEPTION, 'Failed to decompress record stream', { cause });

export const wrongEnd = (cause: JavaException): JavaException =>
  new JavaException(KAFKA_EXCEPTION, 'Error checking for remaining bytes after reading batch', { cause });

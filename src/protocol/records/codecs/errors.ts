import { RecordError } from '../error.ts';

/** Data that a codec refuses; Kafka says "Failed to decompress record stream". */
export function undecodable(codec: string, reason: unknown): RecordError {
  const text = reason instanceof Error ? reason.message : String(reason);
  return new RecordError('corrupt', `Failed to decompress record stream (${codec}: ${text})`, { cause: reason });
}

export function outputTooLarge(codec: string, maxOutputBytes: number): RecordError {
  const text = `Record batch decompresses (${codec}) to more than the maximum of ${maxOutputBytes} bytes`;
  return new RecordError('too-large', text);
}

/** Whether node:zlib stopped at `maxOutputLength`. */
export function isZlibLimit(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE';
}

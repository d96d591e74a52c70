import { DecodeError } from '../protocol/reader.ts';
import { illegalArgument, JavaException } from './java-exception.ts';

/** What Kafka's generated readers throw for bytes that are no message; any other error stays as it is. */
export function decodeException(error: unknown): Error {
  if (!(error instanceof DecodeError)) return error as Error;
  const { kafkaText } = error;
  if (kafkaText === 'null') return new JavaException('java.nio.BufferUnderflowException');
  if (kafkaText.startsWith('Varint ')) return illegalArgument(kafkaText);
  return new JavaException('java.lang.RuntimeException', kafkaText);
}

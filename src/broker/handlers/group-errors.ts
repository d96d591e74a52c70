import { KafkaError } from '../../protocol/errors.ts';

/** The number to answer with; anything that is not Kafka's to say is thrown on. */
export function errorCodeOf(error: unknown): number {
  if (!(error instanceof KafkaError)) throw error;
  return error.code;
}

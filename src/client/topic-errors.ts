import { ErrorCode, errorInfo, KafkaError } from '../protocol/errors.ts';
import type { Logger } from '../util/logger.ts';

/**
 * What a topic's error code in a Metadata response means: undefined if asking again may help. It is logged as Kafka's
 * NetworkClient and Metadata log it.
 * @param label of the client in log lines: `[Producer clientId=…]`
 * @param attempt stands where Kafka has the correlation id
 */
export function topicError(
  { logger, label, attempt }: { readonly logger: Logger; readonly label: string; readonly attempt: number },
  topic: string,
  code: number,
): KafkaError | undefined {
  logger.warn(
    `${label} The metadata response from the cluster reported a recoverable issue with correlation id ${attempt} : {${topic}=${errorInfo(code).name}}`,
  );
  if (code === ErrorCode.INVALID_TOPIC_EXCEPTION) {
    logger.error(`${label} Metadata response reported invalid topics [${topic}]`);
    return new KafkaError(code, `Invalid topics: [${topic}]`);
  }
  if (code === ErrorCode.TOPIC_AUTHORIZATION_FAILED) {
    logger.error(`${label} Topic authorization failed for topics [${topic}]`);
    return new KafkaError(code, `Not authorized to access topics: [${topic}]`);
  }
  return undefined;
}

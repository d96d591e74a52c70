import { ConnectionError } from '../client/errors.ts';
import { KafkaError } from '../protocol/errors.ts';
import { IllegalArgument } from '../tools/illegal-argument.ts';
import { JavaException } from '../tools/java-exception.ts';
import type { Compat } from './compat.ts';
import { OptionError } from './options/errors.ts';

/** An error and what led to it, the innermost last. */
function chain(error: unknown): Error[] {
  return error instanceof Error ? [error, ...chain(error.cause)] : [];
}

/** The error as one that the cluster answered, or that stands for no answer; undefined if it is neither. */
export const clusterError = (error: Error): KafkaError | undefined => (error instanceof KafkaError ? error : undefined);

/** What Java prints below the message of an exception with causes: a line for each. */
export const causedBy = (error: Error): string =>
  chain(error.cause)
    .map((cause) => `Caused by: ${cause}\n`)
    .join('');

/**
 * What a person can do about a failure, for standard error, under ktool's own name: why there is no connection to a broker.
 * Empty when there is nothing to add to the message, or everything is to be Kafka's.
 */
export function advice(error: Error, compat: Compat): string {
  if (!compat.hints) return '';
  const connection = chain(error).find((cause) => cause instanceof ConnectionError);
  return connection === undefined || error.message.includes(connection.message) ? '' : `${connection.message}\n`;
}

/** The message of a failure with what led to it: what scripts print of a client that cannot be made. */
export const setupText = (error: Error): string => {
  const [, cause] = chain(error);
  return `${error.message}\n${cause ? causedBy(cause) : ''}`;
};

/** As Java reports an exception that nobody caught; a message of ktool's own stands for itself. */
export function uncaught(error: Error): { readonly stderr: string } {
  if (error.constructor === Error) return { stderr: `${error.message}\n` };
  const thrown =
    error instanceof IllegalArgument
      ? new JavaException('java.lang.IllegalArgumentException', error.message)
      : error instanceof OptionError
        ? new JavaException(error.javaClass, error.message)
        : error;
  return { stderr: `Exception in thread "main" ${thrown}\n${causedBy(thrown)}` };
}

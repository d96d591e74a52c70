/** What a future failed with, wrapped; as a prefix the first of two wrappers, the other is a RuntimeException. */
export const EXECUTION_EXCEPTION = 'java.util.concurrent.ExecutionException: ';

/** What Java prints of a future that failed: the wrapper, and what is in it. */
export function failedFuture(error: unknown): string {
  const text = exceptionText(error);
  return `${EXECUTION_EXCEPTION}${text}\nCaused by: ${text}`;
}

/** An error as Java prints an exception, `class: message`; the message alone of an error that is none of Kafka's. */
export function exceptionText(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.name === 'Error' || error instanceof WrappedError ? error.message : error.toString();
}

/**
 * An error whose message begins with the class of its cause: what Kafka's scripts print where they do not unwrap the
 * exception that a future failed with.
 */
export class WrappedError extends Error {
  override name = 'WrappedError';
  constructor(cause: unknown, prefix = '') {
    super(`${prefix}${exceptionText(cause)}`, { cause });
  }

  override toString(): string {
    const outer = this.message.startsWith(EXECUTION_EXCEPTION) ? 'java.lang.RuntimeException: ' : EXECUTION_EXCEPTION;
    return `${outer}${this.message}`;
  }
}

/** Waits for the answer; a failure is wrapped as a Java future's is. `prefix` is the class of a second wrapper. */
export async function wrapping<T>(answer: Promise<T>, prefix = ''): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    throw new WrappedError(error, prefix);
  }
}

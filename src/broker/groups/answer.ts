import { KafkaError } from '../../protocol/errors.ts';
import { deferred } from '../../util/deferred.ts';

/**
 * The answer to a request that may have to wait: what `step` gives at once, or what it replies later.
 * @param failed the answer that stands for a KafkaError of `step`
 */
export function answer<T>(
  step: (reply: (response: T) => void) => T | undefined,
  failed: (errorCode: number) => T,
): Promise<T> {
  const { promise, resolve } = deferred<T>();
  try {
    const response = step(resolve);
    if (response !== undefined) resolve(response);
  } catch (error) {
    if (!(error instanceof KafkaError)) throw error;
    resolve(failed(error.code));
  }
  return promise;
}

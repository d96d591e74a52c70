import { JavaException } from '../java-exception.ts';

/** Waits for an answer of the cluster; a failure is what kafka-acls shows, the exception of a Java future. */
export async function futureOf<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    const wrapped = new JavaException('java.util.concurrent.ExecutionException', String(error));
    wrapped.cause = error;
    throw wrapped;
  }
}

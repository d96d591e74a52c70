/** A failure of kafka-transactions with its one-line message; the exit status is 1. */
export class Refused extends Error {}

/** Waits for the cluster's answer; its error becomes Kafka's line, which begins with what was tried. */
export async function trying<T>(what: string, answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    throw failedTo(what, error as Error);
  }
}

export const failedTo = (what: string, error: Error): Refused =>
  new Refused(`${what}: ${error.message}. Enable debug logging for additional detail.`, { cause: error });

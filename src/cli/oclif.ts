import { Errors, flush, run } from '@oclif/core';

/** Runs what is no script of Kafka's through oclif: the list of commands, ktool's own commands, mistyped names. */
export async function runOclif(root: string, words: readonly string[]): Promise<void> {
  try {
    await run([...words], { root });
    await flush();
  } catch (error) {
    await Errors.handle(error as Error);
  }
}

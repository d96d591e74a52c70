import type { ScramMechanism } from '../../client/admin.ts';
import { IllegalArgument } from '../illegal-argument.ts';

const MIN_ITERATIONS = 4096;

/** Whether a config of a user is a SCRAM credential. */
export const isScram = (name: string): name is ScramMechanism => name === 'SCRAM-SHA-256' || name === 'SCRAM-SHA-512';

/**
 * A credential from `[iterations=N,]password=P`; the password is everything behind `password=`. -1 stands for the default of
 * 4096 iterations. Throws IllegalArgument with Kafka's texts.
 */
export function parseCredential(mechanism: ScramMechanism, text: string): { iterations: number; password: string } {
  const match = /^(?:iterations=(-?\d*),)?password=(.*)$/.exec(text);
  if (!match) throw new IllegalArgument(`Invalid credential property ${mechanism.replaceAll('-', '_')}=${text}`);
  const [, given, password = ''] = match;
  const iterations = given === undefined || given === '-1' ? MIN_ITERATIONS : javaInt(given);
  if (iterations < MIN_ITERATIONS)
    throw new IllegalArgument(
      `Iterations ${iterations} is less than the minimum ${MIN_ITERATIONS} required for ${mechanism}`,
    );
  return { iterations, password };
}

/** Integer.parseInt. */
function javaInt(text: string): number {
  const number = Number(text);
  if (/^-?\d+$/.test(text) && number === (number | 0)) return number;
  throw new IllegalArgument(`For input string: "${text}"`);
}

import type { Compat } from './compat.ts';
import { advice, causedBy } from './failure-text.ts';

/** The message, and under Kafka's rules the exception with its causes, as the scripts print it without their frames. */
export function stackText(error: Error, compat: Compat): string {
  const stack = compat.manner === 'kafka' ? `${error}\n${causedBy(error)}\n` : advice(error, compat);
  return `${error.message}\n${stack}`;
}

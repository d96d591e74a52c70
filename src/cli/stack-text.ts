import type { Compat } from './compat.ts';
import { advice, causedBy } from './failure-text.ts';
import { ClientSetupError } from './with-admin.ts';

/** The message, and under Kafka's rules the exception with its causes, as the scripts print it without their frames. */
export function stackText(error: Error, compat: Compat): string {
  const stack = compat.manner === 'kafka' ? `${javaStack(error)}\n` : advice(error, compat);
  return `${error.message}\n${stack}`;
}

function javaStack(error: Error): string {
  const thrown = error instanceof ClientSetupError ? (error.cause as Error) : error;
  return `${thrown}\n${causedBy(thrown)}`;
}

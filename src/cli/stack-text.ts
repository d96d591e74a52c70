import { ConnectionError } from '../client/errors.ts';
import type { Compat } from './compat.ts';
import { advice, causedBy } from './failure-text.ts';
import { ClientSetupError } from './with-admin.ts';

/** The message, and under Kafka's rules the exception with its causes, as the scripts print it without their frames. */
export function stackText(error: Error, compat: Compat): string {
  const stack = compat.manner === 'kafka' ? `${javaStack(error)}\n` : advice(error, compat);
  return `${error.message}\n${stack}`;
}

/** ktool's own reasons for a failure are none of Java's. */
function javaStack(error: Error): string {
  const thrown = error instanceof ClientSetupError ? (error.cause as Error) : error;
  const ownReason = chainOf(thrown).find((cause) => cause instanceof ConnectionError);
  const whole = `${thrown}\n${causedBy(thrown)}`;
  return ownReason === undefined ? whole : whole.slice(0, whole.indexOf(`Caused by: ${ownReason}\n`));
}

function chainOf(error: Error): Error[] {
  return error.cause instanceof Error ? [error, ...chainOf(error.cause)] : [error];
}

import type { Admin } from '../client/admin.ts';
import { systemClock } from '../util/clock.ts';
import { type ConnectionOptions, clientProperties } from './command-config.ts';
import type { Compat } from './compat.ts';
import { toolLogger } from './log-lines.ts';
import type { Output } from './output.ts';

/**
 * Opens the admin client of a command, for withAdmin(). `forced` are settings that win over the user's own. The client is
 * loaded only now: help and usage errors do not wait for it.
 */
export async function openAdmin(
  connection: ConnectionOptions,
  { output, compat }: { readonly output: Output; readonly compat: Compat },
  forced: Readonly<Record<string, string>> = {},
): Promise<Admin> {
  const properties = { ...clientProperties(connection), ...forced };
  const { createAdmin } = await import('../client/admin.ts');
  return createAdmin(properties, { logger: toolLogger(output), clock: systemClock, failFast: compat.failFast });
}

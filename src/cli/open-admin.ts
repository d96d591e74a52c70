import type { Admin } from '../client/admin.ts';
import { ClientCreationError, ConfigError } from '../client/errors.ts';
import { systemClock } from '../util/clock.ts';
import { type ConnectionOptions, clientProperties } from './command-config.ts';
import type { Compat } from './compat.ts';
import { adminLogger, toolLogger } from './log-lines.ts';
import type { Output } from './output.ts';
import type { Confirm } from './terminal/confirm.ts';

/**
 * Opens the admin client of a command, for withAdmin(). `forced` are settings that win over the user's own, `kind` is what
 * the client is called in its log. The client is loaded only now: help and usage errors do not wait for it. With `confirm`
 * it asks before it destroys; at a terminal it says when an answer takes its time.
 */
export async function openAdmin(
  connection: ConnectionOptions,
  {
    output,
    compat,
    confirm,
  }: { readonly output: Output; readonly compat: Compat; readonly confirm?: Confirm | undefined },
  forced: Readonly<Record<string, string>> = {},
  kind = 'AdminClient',
): Promise<Admin> {
  const properties = { ...clientProperties(connection), ...forced };
  checkTimeouts(properties);
  const { createAdmin } = await import('../client/admin.ts');
  const admin = await createAdmin(properties, {
    kind,
    logger: compat.manner === 'kafka' ? adminLogger(output) : toolLogger(output),
    clock: systemClock,
    failFast: compat.failFast,
  });
  if (!compat.progress || output.stderr.isTTY !== true) return admin;
  const [{ guarded }, { patient }] = await Promise.all([
    import('./terminal/guard.ts'),
    import('./terminal/patience.ts'),
  ]);
  const where = placeName(connection, compat);
  const told = patient(admin, output, where);
  return confirm === undefined ? told : guarded(told, confirm, where);
}

const DEFAULT_REQUEST_TIMEOUT = '30000';

/** KafkaAdminClient.configureDefaultApiTimeoutMs. What is no number is refused with the other settings. */
function checkTimeouts(properties: Readonly<Record<string, string>>): void {
  const whole = properties['default.api.timeout.ms'];
  if (whole === undefined || Number(whole) >= Number(properties['request.timeout.ms'] ?? DEFAULT_REQUEST_TIMEOUT))
    return;
  if (!/^\d+$/.test(whole.trim())) return;
  const reason =
    'The specified value of default.api.timeout.ms must be no smaller than the value of request.timeout.ms.';
  throw new ClientCreationError('Failed to create new KafkaAdminClient', { cause: new ConfigError(reason) });
}

/** The cluster as people call it. */
function placeName({ bootstrapServer, bootstrapController }: ConnectionOptions, { target }: Compat): string {
  const address = bootstrapServer ?? bootstrapController ?? 'the cluster';
  return target?.context !== undefined && target.bootstrapServer === address
    ? `${target.context} (${address})`
    : address;
}

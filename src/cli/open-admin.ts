import type { Admin } from '../client/admin.ts';
import { ClientCreationError, ConfigError } from '../client/errors.ts';
import { systemClock } from '../util/clock.ts';
import type { Logger } from '../util/logger.ts';
import { type ConnectionOptions, clientProperties } from './command-config.ts';
import type { Compat } from './compat.ts';
import { adminLogger, toolLogger } from './log-lines.ts';
import type { Output } from './output.ts';
import type { Confirm } from './terminal/confirm.ts';

/** What a script sets of its client. */
export interface ScriptSettings {
  /** Settings that the user's own win over. */
  readonly defaults?: Readonly<Record<string, string>> | undefined;
  /** Each address is tried once, for everybody. */
  readonly triesOnce?: boolean;
}

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
  { defaults = {}, triesOnce = false }: ScriptSettings = {},
): Promise<Admin> {
  const logger = compat.manner === 'kafka' ? adminLogger(output) : toolLogger(output);
  const written = { ...defaults, ...clientProperties(connection), ...forced };
  const { timeouts, told } = apiTimeout(written, logger);
  const { createAdmin } = await import('../client/admin.ts');
  const admin = await createAdmin(
    { ...written, ...timeouts },
    {
      kind,
      logger,
      clock: systemClock,
      failFast: compat.failFast || triesOnce,
    },
  );
  await told(admin);
  if (!compat.progress || output.stderr.isTTY !== true) return admin;
  const [{ guarded }, { patient }] = await Promise.all([
    import('./terminal/guard.ts'),
    import('./terminal/patience.ts'),
  ]);
  const where = placeName(connection, compat);
  const waiting = patient(admin, output, where);
  return confirm === undefined ? waiting : guarded(waiting, confirm, where);
}

/** What stands in front of the lines that Kafka's admin client logs. @param properties its settings */
const labelOf = (properties: Readonly<Record<string, string>>): string =>
  `[AdminClient clientId=${properties['client.id']?.trim() || 'adminclient-1'}]`;

/** The same of the client that a command line asks for. */
export const adminLabel = (connection: ConnectionOptions): string => labelOf(clientProperties(connection));

const DEFAULT_REQUEST_TIMEOUT = 30_000;
const DEFAULT_API_TIMEOUT = 60_000;

interface ApiTimeout {
  /** Settings that win over what was written. */
  readonly timeouts: Readonly<Record<string, string>>;
  /** What Kafka's client says of it, which is after all else that can be wrong with its settings. @throws ClientCreationError */
  told(admin: Admin): Promise<void>;
}

/**
 * A call has time for one request at least (KafkaAdminClient.configureDefaultApiTimeoutMs). What is no number is refused with
 * the other settings.
 */
function apiTimeout(properties: Readonly<Record<string, string>>, logger: Logger): ApiTimeout {
  const whole = properties['default.api.timeout.ms'];
  const request = Number(properties['request.timeout.ms'] ?? DEFAULT_REQUEST_TIMEOUT);
  if (whole === undefined && request > DEFAULT_API_TIMEOUT) {
    // The zero is Kafka's: it names a field that is not set yet.
    const text = `Overriding the default value for default.api.timeout.ms (0) with the explicitly configured request timeout ${request}`;
    const told = async () => logger.warn(`${labelOf(properties)} ${text}`);
    return { timeouts: { 'default.api.timeout.ms': String(request) }, told };
  }
  if (whole === undefined || Number(whole) >= request || !/^\d+$/.test(whole.trim()))
    return { timeouts: {}, told: async () => {} };
  const reason =
    'The specified value of default.api.timeout.ms must be no smaller than the value of request.timeout.ms.';
  const told = async (admin: Admin) => {
    await admin.close();
    throw new ClientCreationError('Failed to create new KafkaAdminClient', { cause: new ConfigError(reason) });
  };
  return { timeouts: {}, told };
}

/** The cluster as people call it. */
function placeName({ bootstrapServer, bootstrapController }: ConnectionOptions, { target }: Compat): string {
  const address = bootstrapServer ?? bootstrapController ?? 'the cluster';
  return target?.context !== undefined && target.bootstrapServer === address
    ? `${target.context} (${address})`
    : address;
}

// Where a broker is, as files of before Kafka 3.0 say it: host and port each by itself.

/** Read as Kafka 2.8 read them (KafkaConfig.listeners, advertisedListeners): where the key of today is not given. */
export interface OldAddresses {
  readonly settings: ReadonlyMap<string, string>;
  readonly notes: readonly string[];
}

const LOOPBACK = '127.0.0.1';

/** The settings with `listeners` and `advertised.listeners` in the place of the old keys that count. */
export function withoutOldAddresses(given: ReadonlyMap<string, string>): OldAddresses {
  const said = (key: string): boolean => given.has(key);
  if (said('listeners') || !OLD_KEYS.some(said)) return { settings: given, notes: [] };
  const settings = new Map(given);
  const take = (key: string): string | undefined => {
    settings.delete(key);
    return given.get(key);
  };
  // Whoever names the broker for others wants it to be reached by them.
  const host = take('host.name') ?? (said('advertised.host.name') ? '' : LOOPBACK);
  const port = take('port') ?? '9092';
  settings.set('listeners', endpoint(host, port));
  const advertised = !said('advertised.listeners') && ADVERTISED.some(said);
  if (advertised)
    settings.set(
      'advertised.listeners',
      endpoint(take('advertised.host.name') ?? host, take('advertised.port') ?? port),
    );
  const today = ['listeners', ...(advertised ? ['advertised.listeners'] : [])].map(
    (key) => `${key}=${settings.get(key)}`,
  );
  const old = OLD_KEYS.filter((key) => said(key) && !settings.has(key));
  return { settings, notes: [`Settings of old, read as ${today.join(' and ')}: ${old.join(', ')}`] };
}

const ADVERTISED = ['advertised.host.name', 'advertised.port'];
const OLD_KEYS = ['host.name', 'port', ...ADVERTISED];

const endpoint = (host: string, port: string): string =>
  `PLAINTEXT://${host.includes(':') ? `[${host}]` : host}:${port}`;

export interface OverriddenAddress {
  readonly host: string | undefined;
  readonly port: number | undefined;
  /** What clients are told of the listener, where that is said too. */
  readonly advertised: { readonly host: string | undefined; readonly port: string | undefined } | undefined;
  /** The other overrides. */
  readonly rest: ReadonlyMap<string, string>;
}

/** The old keys among overrides, which win over `listeners` of the file; undefined where they are not there or the file has none. */
export function overriddenAddress(
  file: ReadonlyMap<string, string>,
  overrides: ReadonlyMap<string, string>,
): OverriddenAddress | undefined {
  const port = overrides.get('port');
  const isMeant = file.has('listeners') && !overrides.has('listeners') && OLD_KEYS.some((key) => overrides.has(key));
  if (!isMeant || (port !== undefined && !/^\d+$/.test(port))) return undefined;
  const advertised = ADVERTISED.some((key) => overrides.has(key)) && !overrides.has('advertised.listeners');
  return {
    host: overrides.get('host.name'),
    port: port === undefined ? undefined : Number(port),
    advertised: advertised
      ? { host: overrides.get('advertised.host.name'), port: overrides.get('advertised.port') }
      : undefined,
    rest: new Map([...overrides].filter(([key]) => !OLD_KEYS.includes(key))),
  };
}

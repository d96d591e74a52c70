// How many connections the settings allow, as they are now: all of them may change while the broker runs.
import { isIP } from 'node:net';
import { connectionOverrides } from '../config/connection-overrides.ts';
import { listenerConfig } from '../config/listener-config.ts';
import { resolveHost } from './resolve-host.ts';

type Values = ReadonlyMap<string, string>;

interface Overrides {
  readonly text: string;
  readonly counts: Map<string, number>;
  /** The hosts that are not known, when they are looked up. */
  readonly unknown: Promise<readonly string[]>;
}

export class ConnectionLimits {
  readonly #values: () => Values;
  #overrides: Overrides = { text: '', counts: new Map(), unknown: Promise.resolve([]) };

  /** @param values BrokerConfig.values, as they are now */
  constructor(values: () => Values) {
    this.#values = values;
  }

  /** Names in max.connections.per.ip.overrides that no host has. When they are there, all others count. */
  get unknownHosts(): Promise<readonly string[]> {
    return this.#currentOverrides().unknown;
  }

  /** max.connections: of the broker, or of a listener, which has the broker's where it has none of its own. */
  most(listener?: string): number {
    return this.#number('max.connections', listener);
  }

  /** max.connection.creation.rate, likewise: new connections a second. */
  perSecond(listener?: string): number {
    return this.#number('max.connection.creation.rate', listener);
  }

  /** max.connections.per.ip, or what max.connections.per.ip.overrides has for this address. */
  perAddress(address: string): number {
    return this.#currentOverrides().counts.get(address) ?? this.#number('max.connections.per.ip');
  }

  #currentOverrides(): Overrides {
    const text = this.#values().get('max.connections.per.ip.overrides') ?? '';
    if (text !== this.#overrides.text) this.#overrides = { text, ...overridesOf(text) };
    return this.#overrides;
  }

  #number(key: string, listener = ''): number {
    return Number(listenerConfig(this.#values(), listener, key));
  }
}

/** Names are looked up once, and count from when they are known. */
function overridesOf(text: string): Omit<Overrides, 'text'> {
  const counts = new Map<string, number>();
  const lookups: Promise<string | undefined>[] = [];
  for (const [host, count] of connectionOverrides(text)) {
    if (isIP(host)) counts.set(host, count);
    else
      lookups.push(
        resolveHost(host).then((address) => {
          if (address === undefined) return host;
          counts.set(address, count);
          return undefined;
        }),
      );
  }
  return { counts, unknown: Promise.all(lookups).then((hosts) => hosts.filter((host) => host !== undefined)) };
}

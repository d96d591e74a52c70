// How many connections the settings allow, as they are now: all of them may change while the broker runs.
import { isIP } from 'node:net';
import { listenerConfig } from '../config/listener-config.ts';
import { resolveHost } from './resolve-host.ts';

type Values = ReadonlyMap<string, string>;

export class ConnectionLimits {
  readonly #values: () => Values;
  #overrides: { readonly text: string; readonly counts: Map<string, number> } = { text: '', counts: new Map() };

  /** @param values BrokerConfig.values, as they are now */
  constructor(values: () => Values) {
    this.#values = values;
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
    const text = this.#values().get('max.connections.per.ip.overrides') ?? '';
    if (text !== this.#overrides.text) this.#overrides = { text, counts: overridesOf(text) };
    return this.#overrides.counts.get(address) ?? this.#number('max.connections.per.ip');
  }

  #number(key: string, listener = ''): number {
    return Number(listenerConfig(this.#values(), listener, key));
  }
}

/** `host:count,host:count`. Names are looked up once, and count from when they are known for all their addresses. */
function overridesOf(text: string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const entry of text.split(',')) {
    const at = entry.lastIndexOf(':');
    const host = entry.slice(0, at).trim();
    const count = Number(entry.slice(at + 1));
    if (host === '' || at < 0) continue;
    if (isIP(host)) counts.set(host, count);
    else
      void resolveHost(host).then((addresses) => {
        for (const address of addresses) counts.set(address, count);
      });
  }
  return counts;
}

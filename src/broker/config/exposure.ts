// Which listeners let in whoever reaches them from elsewhere.
import type { BrokerConfig } from './broker-config.ts';
import { listenerConfig } from './listener-config.ts';
import { isSasl, type Listener } from './listeners.ts';

/** Listeners that other machines can reach and that ask nobody who they are: no SASL, no certificate of the client. */
export function exposedListeners({ listeners, values }: Pick<BrokerConfig, 'listeners' | 'values'>): Listener[] {
  return listeners.filter((listener) => !isLoopback(listener.host) && !isAuthenticated(listener, values));
}

function isAuthenticated({ name, protocol }: Listener, values: ReadonlyMap<string, string>): boolean {
  if (isSasl(protocol)) return true;
  return protocol === 'SSL' && listenerConfig(values, name, 'ssl.client.auth')?.trim() === 'required';
}

function isLoopback(host: string): boolean {
  const address = host.toLowerCase().replace(/^::ffff:/, '');
  return (
    address === 'localhost' || address === '::1' || address === '0:0:0:0:0:0:0:1' || /^127(\.\d+){3}$/.test(address)
  );
}

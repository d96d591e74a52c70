// Which listeners let in whoever reaches them from elsewhere.
import type { BrokerConfig } from './broker-config.ts';
import { listenerConfig } from './listener-config.ts';
import { isSasl, type Listener } from './listeners.ts';
import { splitList } from './values.ts';

/** Listeners that other machines can reach and that ask nobody who they are: no SASL with secrets, no certificate of the client. */
export function exposedListeners({ listeners, values }: Pick<BrokerConfig, 'listeners' | 'values'>): Listener[] {
  return listeners.filter((listener) => !isLoopback(listener.host) && !isAuthenticated(listener, values));
}

function isAuthenticated({ name, protocol }: Listener, values: ReadonlyMap<string, string>): boolean {
  if (isSasl(protocol)) return !believesTokens(name, values);
  return protocol === 'SSL' && listenerConfig(values, name, 'ssl.client.auth')?.trim() === 'required';
}

/** Without keys OAUTHBEARER believes whatever a token says (bearer-validator.ts). */
function believesTokens(name: string, values: ReadonlyMap<string, string>): boolean {
  const mechanisms = splitList(listenerConfig(values, name, 'sasl.enabled.mechanisms') ?? '');
  if (!mechanisms.includes('OAUTHBEARER')) return false;
  const own = (key: string) => listenerConfig(values, name, `oauthbearer.${key}`) ?? listenerConfig(values, name, key);
  const handler = own('sasl.server.callback.handler.class');
  return handler === undefined
    ? own('sasl.oauthbearer.jwks.endpoint.url') === undefined
    : handler.includes('.unsecured.');
}

function isLoopback(host: string): boolean {
  const address = host.toLowerCase().replace(/^::ffff:/, '');
  return (
    address === 'localhost' || address === '::1' || address === '0:0:0:0:0:0:0:1' || /^127(\.\d+){3}$/.test(address)
  );
}

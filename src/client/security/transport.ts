// What lies between a client and its brokers: a plain socket or TLS, and a login or none, as security.protocol says.
import { connect, type Socket } from 'node:net';
import type { Address } from '../bootstrap.ts';
import { ConfigError } from '../errors.ts';
import type { Login } from './login.ts';

export type SecurityProtocol = 'PLAINTEXT' | 'SSL' | 'SASL_PLAINTEXT' | 'SASL_SSL';

/** What the settings of a client say of security. */
export interface SecuritySettings {
  readonly protocol: SecurityProtocol;
  /** All that was given, by Kafka's names: ssl.* and sasl.* are read where they are needed. */
  readonly properties: Readonly<Record<string, string>>;
}

export interface Transport {
  /**
   * Begins to connect.
   * @param host the name that the broker is known by, which its certificate must have
   * @returns the socket, and the event that says that it can be used
   */
  connect(address: Address, host: string): { readonly socket: Socket; readonly ready: 'connect' | 'secureConnect' };
  /** Run on every new connection once versions are negotiated, before anything else is asked; undefined without SASL. */
  readonly login: Login | undefined;
}

/** @throws ConfigError for settings that cannot be, or name files that cannot be read */
export async function openTransport({ protocol, properties }: SecuritySettings): Promise<Transport> {
  if (protocol.endsWith('SSL')) throw new ConfigError(`security.protocol=${protocol} is not supported yet`);
  const login = protocol.startsWith('SASL_') ? (await import('./login.ts')).openLogin(properties) : undefined;
  return { connect: ({ host, port }) => ({ socket: connect({ host, port }), ready: 'connect' }), login: await login };
}

// What lies between a client and its brokers: a plain socket or TLS, and a login or none, as security.protocol says.
import { connect } from 'node:net';
import type { Logger } from '../../util/logger.ts';
import type { Connector } from './connector.ts';
import type { Login } from './login.ts';

export type SecurityProtocol = 'PLAINTEXT' | 'SSL' | 'SASL_PLAINTEXT' | 'SASL_SSL';

/** What the settings of a client say of security. */
export interface SecuritySettings {
  readonly protocol: SecurityProtocol;
  /** All that was given, by Kafka's names: ssl.* and sasl.* are read where they are needed. */
  readonly properties: Readonly<Record<string, string>>;
}

export interface Transport extends Connector {
  /** Run on every new connection once versions are negotiated, before anything else is asked; undefined without SASL. */
  readonly login: Login | undefined;
}

/** @throws TlsError, LoginSetupError for settings that cannot be, or name files that cannot be read */
export async function openTransport({ protocol, properties }: SecuritySettings, logger: Logger): Promise<Transport> {
  const login = protocol.startsWith('SASL_') ? (await import('./login.ts')).openLogin(properties) : undefined;
  if (!protocol.endsWith('SSL'))
    return {
      tls: false,
      connect: ({ host, port }) => ({ socket: connect({ host, port }), ready: 'connect' }),
      login: await login,
    };
  const begin = (await import('./tls.ts')).openTls(properties, logger);
  return {
    tls: true,
    connect: (address, host) => ({ socket: begin(address, host), ready: 'secureConnect' }),
    login: await login,
  };
}

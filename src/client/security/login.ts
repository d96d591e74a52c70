// How a client logs in with SASL.
import type { Connection } from '../connection.ts';
import { ConfigError } from '../errors.ts';
import type { BrokerVersions } from '../negotiation.ts';

/** A connection that is to be logged in. */
export interface LoginTarget {
  readonly connection: Connection;
  readonly versions: BrokerVersions;
  /** The name that the broker is known by. */
  readonly host: string;
  /** Milliseconds for each request. */
  readonly timeoutMs: number;
}

/** Resolves when the broker has accepted; what it throws ends the connection. */
export type Login = (target: LoginTarget) => Promise<void>;

/** The login that the sasl.* settings ask for. @throws ConfigError for settings that cannot be */
export async function openLogin(_properties: Readonly<Record<string, string>>): Promise<Login> {
  throw new ConfigError('SASL is not supported yet: use security.protocol=PLAINTEXT or SSL');
}

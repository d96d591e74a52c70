// The SASL mechanisms of a listener, as sasl.enabled.mechanisms and the JAAS configuration have them.

import { sameSecret } from '../../util/constant-time.ts';
import type { JaasEntry } from '../../util/jaas/jaas.ts';
import { hashMapOrder, javaStringHash } from '../../util/java-hash.ts';
import { BearerServer } from '../../util/sasl/oauthbearer.ts';
import { PlainServer } from '../../util/sasl/plain.ts';
import type { SaslServer } from '../../util/sasl/sasl.ts';
import { type ScramMechanism, scramMechanism } from '../../util/sasl/scram.ts';
import { type ScramAccounts, ScramServer } from '../../util/sasl/scram-server.ts';
import { ConfigError } from '../config/config-error.ts';
import { listenerConfig } from '../config/listener-config.ts';
import { splitList } from '../config/values.ts';
import { type BearerParts, bearerValidator } from './bearer-validator.ts';
import { serverJaas } from './jaas-config.ts';

export interface ServerMechanism {
  /** Begins an exchange. */
  begin(): SaslServer;
  /** connections.max.reauth.ms: how long a login is good for, 0 for ever. */
  readonly maxReauthMs: number;
}

export interface MechanismParts extends BearerParts {
  scramAccounts(mechanism: ScramMechanism): ScramAccounts;
}

const PLAIN_MODULE = 'org.apache.kafka.common.security.plain.PlainLoginModule';
const SCRAM_MODULE = 'org.apache.kafka.common.security.scram.ScramLoginModule';
const BEARER_MODULE = 'org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule';
const PLAIN_HANDLER = 'org.apache.kafka.common.security.plain.internals.PlainServerCallbackHandler';

/** What GSSAPI meets: there is no library of Kerberos for Node that installs without a compiler. */
const NO_GSSAPI =
  "GSSAPI (Kerberos) is not available in ktool's broker: no package for it installs with prebuilt binaries";
const AVAILABLE = 'PLAIN, SCRAM-SHA-256, SCRAM-SHA-512 and OAUTHBEARER';

/**
 * The mechanisms by name, in the order in which Kafka tells them.
 * @param values BrokerConfig.values
 * @param listener in upper case
 * @throws ConfigError if none can be served, or one is configured wrongly
 */
export function listenerMechanisms(
  values: ReadonlyMap<string, string>,
  listener: string,
  parts: MechanismParts,
): Map<string, ServerMechanism> {
  const enabled = new Set(splitList(listenerConfig(values, listener, 'sasl.enabled.mechanisms') ?? ''));
  const hasKerberos = enabled.delete('GSSAPI');
  if (enabled.size === 0) {
    const reason = hasKerberos ? NO_GSSAPI : 'No SASL mechanisms are enabled';
    throw new ConfigError(`Listener ${listener}: ${reason}. Set sasl.enabled.mechanisms to some of ${AVAILABLE}`);
  }
  if (hasKerberos) parts.logger.warn(`Listener ${listener}: ${NO_GSSAPI}; the other mechanisms are served`);
  // Kafka keeps them in a HashSet, whose order clients are told.
  const names = hashMapOrder([...enabled], javaStringHash);
  return new Map(names.map((name) => [name, serverMechanism(values, listener, name, parts)]));
}

function serverMechanism(
  values: ReadonlyMap<string, string>,
  listener: string,
  name: string,
  parts: MechanismParts,
): ServerMechanism {
  const entries = () => serverJaas(values, listener, name);
  const own = (key: string) => mechanismConfig(values, listener, name, key);
  const maxReauthMs = Number(own('connections.max.reauth.ms') ?? 0);
  const scram = scramMechanism(name);
  if (scram !== undefined) {
    checkModules(entries(), SCRAM_MODULE, listener, name);
    refuseHandler(own, listener, name, []);
    const accounts = parts.scramAccounts(scram);
    return { maxReauthMs, begin: () => new ScramServer(scram, accounts) };
  }
  if (name === 'PLAIN') {
    checkModules(entries(), PLAIN_MODULE, listener, name);
    refuseHandler(own, listener, name, [PLAIN_HANDLER]);
    const check = passwordCheck(entries());
    return { maxReauthMs, begin: () => new PlainServer(check) };
  }
  if (name === 'OAUTHBEARER') {
    checkModules(entries(), BEARER_MODULE, listener, name);
    const validate = bearerValidator({ listener, own, options: entries()[0]!.options }, parts);
    const refused = ({ message }: Error) => parts.logger.info(`A token is refused on listener ${listener}: ${message}`);
    return { maxReauthMs, begin: () => new BearerServer(validate, refused) };
  }
  throw new ConfigError(
    `Listener ${listener}: the SASL mechanism ${name} in sasl.enabled.mechanisms is not one of ${AVAILABLE}`,
  );
}

/** `listener.name.L.MECHANISM.KEY`, else `MECHANISM.KEY`, else the listener's or broker's `KEY`. */
function mechanismConfig(values: ReadonlyMap<string, string>, listener: string, mechanism: string, key: string) {
  const long = `${mechanism.toLowerCase()}.${key}`;
  return (
    values.get(`listener.name.${listener.toLowerCase()}.${long}`) ??
    values.get(long) ??
    listenerConfig(values, listener, key)
  );
}

/** The users of PlainLoginModule: `user_NAME="password"`. */
function passwordCheck(entries: readonly JaasEntry[]): (user: string, password: string) => boolean {
  const passwords = new Map<string, string>();
  for (const { loginModule, options } of entries) {
    if (loginModule !== PLAIN_MODULE) continue;
    for (const [key, value] of options)
      if (key.startsWith('user_') && !passwords.has(key.slice(5))) passwords.set(key.slice(5), value);
  }
  return (user, password) => {
    const known = passwords.get(user);
    const same = sameSecret(password, known ?? '');
    return same && known !== undefined;
  };
}

function checkModules(entries: readonly JaasEntry[], wanted: string, listener: string, mechanism: string): void {
  const found = entries.map(({ loginModule }) => loginModule);
  if (found.includes(wanted)) return;
  throw new ConfigError(
    `Listener ${listener}: the JAAS configuration for ${mechanism} has ${found.join(', ')}; it needs ${wanted}`,
  );
}

function refuseHandler(
  own: (key: string) => string | undefined,
  listener: string,
  mechanism: string,
  known: readonly string[],
): void {
  const given = own('sasl.server.callback.handler.class');
  if (given === undefined || known.includes(given)) return;
  const advice = known.length > 0 ? `there is ${known.join(', ')}` : 'this mechanism has none but its own';
  throw new ConfigError(
    `Listener ${listener}: sasl.server.callback.handler.class=${given} cannot be loaded for ${mechanism}: ${advice}. Leave it out.`,
  );
}

// What a client shows to log in, from sasl.mechanism and the JAAS configuration.
import { readSettingFile } from '../../security/read-file.ts';
import { type JaasEntry, JaasError, parseJaasFile, parseJaasProperty } from '../../util/jaas/jaas.ts';
import { systemProperty } from '../../util/java-options.ts';
import { PlainClient } from '../../util/sasl/plain.ts';
import { scramMechanism } from '../../util/sasl/scram.ts';
import { ScramClient } from '../../util/sasl/scram-client.ts';
import { LoginSetupError } from '../errors.ts';
import type { Credentials } from './credentials.ts';

type Properties = Readonly<Record<string, string>>;

const PACKAGE = 'org.apache.kafka.common.security';
const FILE_PROPERTY = 'java.security.auth.login.config';
const AVAILABLE = 'PLAIN, SCRAM-SHA-256, SCRAM-SHA-512 or OAUTHBEARER';

/** @throws LoginSetupError for settings that cannot be, or a token that cannot be had */
export async function openCredentials(properties: Properties): Promise<Credentials> {
  const mechanism = (properties['sasl.mechanism'] ?? 'GSSAPI').trim();
  if (mechanism === 'GSSAPI')
    throw new LoginSetupError(
      `GSSAPI (Kerberos, the default of sasl.mechanism) is not available in ktool: no package for it installs with prebuilt binaries. Set sasl.mechanism to ${AVAILABLE}`,
    );
  const scram = scramMechanism(mechanism);
  if (mechanism !== 'PLAIN' && mechanism !== 'OAUTHBEARER' && scram === undefined)
    throw new LoginSetupError(`sasl.mechanism=${mechanism} is not known. Set it to ${AVAILABLE}`);
  refuseClasses(properties);
  const entry = clientJaas(properties);
  if (mechanism === 'OAUTHBEARER') {
    checkModule(entry, mechanism, `${PACKAGE}.oauthbearer.OAuthBearerLoginModule`);
    const { bearerCredentials } = await import('./oauth/bearer-credentials.ts');
    return bearerCredentials(properties, entry.options);
  }
  checkModule(entry, mechanism, scram ? `${PACKAGE}.scram.ScramLoginModule` : `${PACKAGE}.plain.PlainLoginModule`);
  const user = required(entry, 'username', mechanism);
  const password = required(entry, 'password', mechanism);
  if (scram === undefined) return { mechanism, begin: () => new PlainClient(user, password) };
  const byToken = entry.options.get('tokenauth')?.toLowerCase() === 'true';
  const extensions: Record<string, string> = byToken ? { tokenauth: 'true' } : {};
  return { mechanism, begin: () => new ScramClient({ mechanism: scram, user, password, extensions }) };
}

function refuseClasses(properties: Properties): void {
  for (const key of ['sasl.client.callback.handler.class', 'sasl.login.class']) {
    if (!properties[key]) continue;
    throw new LoginSetupError(
      `${key}=${properties[key]} cannot be loaded: ktool has no other than its own. Leave it out`,
    );
  }
}

/** The entry of sasl.jaas.config, else of KafkaClient in the file that KAFKA_OPTS names (JaasContext.loadClientContext). */
function clientJaas(properties: Properties): JaasEntry {
  const own = properties['sasl.jaas.config'];
  const path = systemProperty(FILE_PROPERTY);
  try {
    if (own !== undefined) return parseJaasProperty(own);
    const sections =
      path === undefined ? undefined : parseJaasFile(readSettingFile(path).toString('utf8'), systemProperty);
    const [entry] = sections?.get('KafkaClient') ?? [];
    if (entry !== undefined) return entry;
  } catch (error) {
    if (error instanceof JaasError) throw new LoginSetupError(error.message);
    throw new LoginSetupError(`The JAAS file ${path} cannot be read: ${(error as Error).message}`);
  }
  throw new LoginSetupError(
    `Could not find a 'KafkaClient' entry in the JAAS configuration. System property '${FILE_PROPERTY}' is ${path ?? 'not set'}`,
  );
}

function checkModule({ loginModule }: JaasEntry, mechanism: string, wanted: string): void {
  if (loginModule === wanted) return;
  throw new LoginSetupError(`The JAAS configuration has ${loginModule}; sasl.mechanism=${mechanism} needs ${wanted}`);
}

function required({ options }: JaasEntry, name: string, mechanism: string): string {
  const value = options.get(name);
  if (value !== undefined) return value;
  throw new LoginSetupError(`The JAAS configuration for ${mechanism} has no ${name}="…"`);
}

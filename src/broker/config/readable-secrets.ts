// Files with secrets that every user of the machine can read.
import { othersCanRead } from '../../security/read-file.ts';
import { systemProperty } from '../../util/java-options.ts';
import type { BrokerConfig } from './broker-config.ts';
import { brokerDefinition } from './describe-broker.ts';
import { listenerConfig } from './listener-config.ts';
import { isSasl, isTls } from './listeners.ts';

type Settings = Pick<BrokerConfig, 'listeners' | 'values'>;

/**
 * A sentence for each such file: the settings, the key stores of listeners, the JAAS file.
 * @param file the settings come from, with the keys that it has
 */
export function readableSecrets(
  settings: Settings,
  file?: { readonly path: string; readonly keys: Iterable<string> },
): string[] {
  const hasSecret = [...(file?.keys ?? [])].some((key) => brokerDefinition(key)?.type === 'PASSWORD');
  const paths = new Set([...(file !== undefined && hasSecret ? [file.path] : []), ...secretFiles(settings)]);
  return [...paths]
    .filter(othersCanRead)
    .map((path) => `${path} has secrets, and every user of this machine can read it: chmod 600 ${path}`);
}

function secretFiles({ listeners, values }: Settings): string[] {
  const stores = listeners
    .filter(({ protocol }) => isTls(protocol))
    .flatMap(({ name }) => listenerConfig(values, name, 'ssl.keystore.location') ?? []);
  const hasLogin = listeners.some(({ protocol }) => isSasl(protocol));
  const jaas = hasLogin ? systemProperty('java.security.auth.login.config') : undefined;
  return [...stores, ...(jaas === undefined ? [] : [jaas])].filter((path) => path !== '');
}

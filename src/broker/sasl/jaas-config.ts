// Where the broker finds the JAAS configuration of a mechanism on a listener (org.apache.kafka.common.security.JaasContext).
import { readSettingFile } from '../../security/read-file.ts';
import { type JaasEntry, JaasError, parseJaasFile, parseJaasProperty } from '../../util/jaas/jaas.ts';
import { systemProperty } from '../../util/java-options.ts';
import { ConfigError } from '../config/config-error.ts';

const FILE_PROPERTY = 'java.security.auth.login.config';
const SECTION = 'KafkaServer';

/**
 * The login modules: those of `listener.name.NAME.MECHANISM.sasl.jaas.config`, else of the section `NAME.KafkaServer` or
 * `KafkaServer` in the file that KAFKA_OPTS names.
 * @throws ConfigError with Kafka's text, followed by what to do
 */
export function serverJaas(
  values: ReadonlyMap<string, string>,
  listener: string,
  mechanism: string,
): readonly JaasEntry[] {
  const name = listener.toLowerCase();
  const key = `${mechanism.toLowerCase()}.sasl.jaas.config`;
  const own = values.get(`listener.name.${name}.${key}`) ?? values.get(key);
  try {
    if (own !== undefined) return [parseJaasProperty(own)];
    const path = systemProperty(FILE_PROPERTY);
    const sections = path === undefined ? undefined : parseJaasFile(readText(path), systemProperty);
    const entries = sections?.get(`${name}.${SECTION}`) ?? sections?.get(SECTION);
    if (entries !== undefined) return entries;
    throw new ConfigError(
      `Could not find a '${SECTION}' or '${name}.${SECTION}' entry in the JAAS configuration. System property '${FILE_PROPERTY}' is ${path ?? 'not set'}. Set listener.name.${name}.${key}, or name a JAAS file: KAFKA_OPTS=-D${FILE_PROPERTY}=FILE`,
    );
  } catch (error) {
    if (!(error instanceof JaasError)) throw error;
    throw new ConfigError(`${error.message} (${own === undefined ? FILE_PROPERTY : `listener.name.${name}.${key}`})`);
  }
}

function readText(path: string): string {
  try {
    return readSettingFile(path).toString('utf8');
  } catch (error) {
    throw new ConfigError(`The JAAS file ${path} cannot be read: ${(error as Error).message}`);
  }
}

// What Apache Kafka's own KafkaConfig refuses of a server.properties, for the tools that read one for a Kafka broker. ktool's
// broker is easier on some of it: it starts from nothing (broker-config.ts).
import { checkBrokerConfig } from './broker-checks.ts';
import { fieldsOf } from './broker-config.ts';
import { ConfigError } from './config-error.ts';
import { BROKER_CONFIGS } from './definitions/index.ts';
import { configException, unmet } from './kafka-config-error.ts';
import { checkRoles } from './kafka-roles.ts';
import { parseType, parseValue } from './values.ts';

/**
 * Checks a whole configuration: each value, then what they are together (KafkaConfig.validateValues).
 * @param warn gets what Kafka logs and goes on with
 * @throws KafkaConfigError for the first mistake, in Kafka's order
 */
export function checkAsKafka(properties: Readonly<Record<string, string>>, warn: (text: string) => void): void {
  const given = withSynonyms(new Map(Object.entries(properties)));
  checkValues(given, warn);
  if (Number(given.get('node.id')) !== Number(given.get('broker.id')))
    throw configException('You must set `node.id` to the same value as `broker.id`.');
  checkLogs(given);
  checkRoles(given);
}

/** KafkaConfig.populateSynonyms */
function withSynonyms(given: Map<string, string>): Map<string, string> {
  const nodeId = given.get('node.id') ?? given.get('broker.id');
  if (nodeId === undefined) return given;
  return new Map([['node.id', nodeId], ['broker.id', nodeId], ...given]);
}

function checkValues(given: ReadonlyMap<string, string>, warn: (text: string) => void): void {
  for (const [name, definition] of BROKER_CONFIGS) {
    const text = given.get(name);
    if (text === undefined && definition.default === undefined)
      throw configException(`Missing required configuration "${name}" which has no default value.`);
    if (text === undefined) continue;
    try {
      const { value } = parseValue(definition, text);
      if (!definition.validator?.distinct || !Array.isArray(value)) continue;
      const typed = parseType(name, definition.type, text).value as readonly string[];
      if (typed.length !== value.length)
        warn(
          `Configuration key "${name}" contains duplicate values. Duplicates will be removed. The original value is: [${typed.join(', ')}], the updated value is: [${value.join(', ')}]`,
        );
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      throw configException(error.message);
    }
  }
}

function checkLogs(given: ReadonlyMap<string, string>): void {
  try {
    checkBrokerConfig(given, fieldsOf(given));
  } catch (error) {
    if (error instanceof ConfigError && error.message.startsWith('log.')) throw unmet(error.message);
  }
}

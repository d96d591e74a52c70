import { javaDoubleToString, parseJavaDouble } from '../../util/java-double.ts';
import { hashMapOrder, javaStringHash } from '../../util/java-hash.ts';
import { illegalArgument, JavaException } from '../java-exception.ts';
import { javaSplit } from '../java-split.ts';
import { TOPIC_CONFIG_RULES, type TopicConfigRule } from './topic-config-names.ts';

/**
 * The settings of `--config NAME=VALUE` arguments; the last of several for one name counts. Checked before any broker is
 * asked, in the order and with the texts of TopicCommand.parseTopicConfigsToBeAdded and LogConfig.validate.
 * @param warn gets what Kafka's ConfigDef logs of a list that says something twice
 */
export function parseTopicConfigs(
  args: readonly string[],
  warn: (line: string) => void = () => {},
): Map<string, string> {
  const pairs = args.map((arg) => javaSplit(arg, /\s*=\s*/));
  if (!pairs.every((pair) => pair.length === 2))
    throw illegalArgument(
      'requirement failed: Invalid topic config: all configs to be added must be in the format "key=val".',
    );
  const configs = new Map(pairs.map(([name, value]) => [name!.trim(), value!.trim()]));
  const unknown = hashMapOrder(configs.keys(), javaStringHash).find((name) => !Object.hasOwn(TOPIC_CONFIG_RULES, name));
  if (unknown !== undefined) throw invalidConfiguration(`Unknown topic config name: ${unknown}`);
  for (const [name, rule] of Object.entries(TOPIC_CONFIG_RULES)) {
    const value = configs.get(name);
    if (value === undefined) continue;
    if (rule.type === 'LIST') warnOfRepeated(name, listOf(value), warn);
    checkValue(name, rule, value);
  }
  checkCompactionLags(configs);
  return configs;
}

/** The value as a number; undefined when the type is none of numbers. Throws an Error with Kafka's text. */
function numberOf(name: string, type: TopicConfigRule['type'], value: string): number | undefined {
  if (type === 'DOUBLE') {
    const number = parseJavaDouble(value);
    if (number !== undefined) return number;
  } else if (type === 'INT' || type === 'LONG') {
    const exact = /^[+-]?\d+$/.test(value) ? BigInt(value.replace('+', '')) : undefined;
    if (exact !== undefined && BigInt.asIntN(type === 'INT' ? 32 : 64, exact) === exact) return Number(exact);
  } else return undefined;
  throw refusal(name, value, `Not a number of type ${type}`);
}

function checkValue(name: string, rule: TopicConfigRule, value: string): void {
  const number = numberOf(name, rule.type, value);
  if (rule.type === 'BOOLEAN' && !/^(true|false)$/i.test(value))
    throw refusal(name, value, 'Expected value to be either true or false');
  if (number === undefined) checkText(name, rule, value);
  else checkNumber(name, rule, number, rule.type === 'DOUBLE' ? javaDoubleToString(number) : `${BigInt(value)}`);
}

/** `text` is the number as Java prints it. */
function checkNumber(name: string, rule: TopicConfigRule, number: number, text: string): void {
  if (number < (rule.least ?? -Infinity)) throw refusal(name, text, `Value must be at least ${rule.least}`);
  if (number > (rule.most ?? Infinity)) throw refusal(name, text, `Value must be no more than ${rule.most}`);
  if (rule.special === 'gzip level' && number !== -1 && (number < 1 || number > 9))
    throw refusal(name, text, 'Value must be between 1 and 9 or equal to -1');
}

function checkText(name: string, rule: TopicConfigRule, value: string): void {
  const items = rule.type === 'LIST' ? listOf(value) : [value];
  if (rule.special === 'throttled replicas') checkThrottled(name, items);
  for (const item of items) {
    if (rule.type === 'LIST' && item === '') throw configException(`Configuration '${name}' values must not be empty.`);
    if (rule.oneOf && !rule.oneOf.includes(item))
      throw refusal(name, item, `String must be one of: ${rule.oneOf.join(', ')}`);
  }
}

const listOf = (value: string): string[] => value.split(/\s*,\s*/);

function warnOfRepeated(name: string, items: readonly string[], warn: (line: string) => void): void {
  const distinct = [...new Set(items)];
  if (distinct.length === items.length) return;
  warn(
    `Configuration key "${name}" contains duplicate values. Duplicates will be removed. The original value is: [${items.join(', ')}], the updated value is: [${distinct.join(', ')}]`,
  );
}

function checkThrottled(name: string, items: readonly string[]): void {
  const given = items.filter((item) => item !== '');
  if (given.join() === '*' || given.every((item) => /^\d+:\d+$/.test(item))) return;
  const form = '[partitionId]:[brokerId],[partitionId]:[brokerId],...';
  throw refusal(
    name,
    `[${items.join(', ')}]`,
    `${name} must be the literal '*' or a list of replicas in the following format: ${form}`,
  );
}

function checkCompactionLags(configs: ReadonlyMap<string, string>): void {
  const least = configs.get('min.compaction.lag.ms') ?? '0';
  const most = configs.get('max.compaction.lag.ms') ?? '9223372036854775807';
  if (BigInt(least) > BigInt(most))
    throw invalidConfiguration(
      `conflict topic config setting min.compaction.lag.ms (${least}) > max.compaction.lag.ms (${most})`,
    );
}

const invalidConfiguration = (message: string): JavaException =>
  new JavaException('org.apache.kafka.common.errors.InvalidConfigurationException', message);

const configException = (message: string): JavaException =>
  new JavaException('org.apache.kafka.common.config.ConfigException', message);

const refusal = (name: string, value: string, reason: string): JavaException =>
  configException(`Invalid value ${value} for configuration ${name}: ${reason}`);

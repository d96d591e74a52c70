import { randomInt } from 'node:crypto';
import { hashMapOrder, javaStringHash } from '../../util/java-hash.ts';

export interface ConsumerSources {
  readonly bootstrapServers: string;
  /** --command-config. */
  readonly file: Readonly<Record<string, string>>;
  /** --command-property. */
  readonly properties: ReadonlyMap<string, string>;
  readonly group: string | undefined;
  readonly fromBeginning: boolean;
  readonly isolationLevel: { readonly value: string; readonly given: boolean };
  /** Whether one partition is read, for which no group may be named. */
  readonly partition: boolean;
  /** Makes the error for a mistake that Kafka's script answers with its option table. */
  usage(message: string): Error;
}

/**
 * The consumer's settings (ConsoleConsumerOptions). Without a group a passing one is made up, which commits nothing unless
 * told to.
 */
export function consumerProperties(sources: ConsumerSources): Record<string, string> {
  const given = { ...sources.file, ...Object.fromEntries(sources.properties) };
  const group = namedGroup(sources);
  const properties: Record<string, string> = {
    'client.id': 'console-consumer',
    'auto.offset.reset': sources.fromBeginning ? 'earliest' : 'latest',
    'isolation.level': sources.isolationLevel.value,
    ...(group === undefined && { 'enable.auto.commit': 'false' }),
    ...given,
    'group.id': group ?? `console-consumer-${randomInt(100_000)}`,
    'bootstrap.servers': sources.bootstrapServers,
  };
  const reset = given['auto.offset.reset'];
  if (sources.fromBeginning && reset !== undefined && reset !== 'earliest')
    throw new Error(
      `Can't simultaneously specify --from-beginning and 'auto.offset.reset=${reset}', please remove one option`,
    );
  if (sources.isolationLevel.given) properties['isolation.level'] = sources.isolationLevel.value;
  return properties;
}

/** The group, which may be named in three places if they agree. */
function namedGroup(sources: ConsumerSources): string | undefined {
  const places = [sources.group, sources.file['group.id'], sources.properties.get('group.id')];
  const groups = new Set(places.filter((group) => group !== undefined));
  if (groups.size > 1) {
    const detected = hashMapOrder(groups, javaStringHash).map((group) => `'${group}'`);
    throw sources.usage(
      `The group ids provided in different places (directly using '--group', via '--consumer-property', or via '--consumer.config') do not match. Detected group ids: ${detected.join(', ')}`,
    );
  }
  const [group] = groups;
  if (group !== undefined && sources.partition)
    throw sources.usage('Options group and partition cannot be specified together.');
  return group;
}

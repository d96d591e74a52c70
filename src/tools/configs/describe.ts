import type { Admin, ConfigEntry } from '../../client/admin.ts';
import { ErrorCode, KafkaError } from '../../protocol/errors.ts';
import { hashMapOrder, javaStringHash } from '../../util/java-hash.ts';
import { whyInvalidTopicName } from '../../util/topic-name.ts';
import { throwFirstError } from '../outcomes.ts';
import type { Report, Table } from '../report.ts';
import { byCodeUnits } from '../topics/matching.ts';
import { RESOURCE_TYPES, singular } from './entities.ts';

export type DescribingAdmin = Pick<
  Admin,
  'listTopics' | 'describeCluster' | 'listConfigResources' | 'listGroups' | 'describeConfigs'
>;

export interface ConfigsToDescribe {
  /** topics, brokers, broker-loggers, client-metrics or groups. */
  readonly type: string;
  /** One entity, '' for the default of brokers; all if left out. */
  readonly name?: string | undefined;
  /** Settings from elsewhere and defaults as well. */
  readonly all: boolean;
  /** Takes the text as it comes, as Kafka's script prints it: a heading before its settings are asked for. The report has none then. */
  readonly progress?: ((text: string) => void) | undefined;
}

/**
 * `configs --describe` of resources: a heading for each and its settings by name.
 * Data: [{ type, name, configs: [{ name, value, source, sensitive, readOnly, synonyms }] }]; name null for the default entity
 * of brokers. An entity that does not exist is no failure to Kafka's script.
 */
export async function describeConfigs(admin: DescribingAdmin, wanted: ConfigsToDescribe): Promise<Report> {
  const { type, name, all } = wanted;
  if (type === 'topics' && name !== undefined && !all) checkName(name);
  if (name !== undefined && !all && !(await exists(admin, type, name))) {
    const text = `The ${singular(type)} '${name}' doesn't exist and doesn't have dynamic config.\n`;
    return { data: [], text, failed: true, kafkaExit: 0 };
  }
  const names = name === undefined ? await allNames(admin, type) : [name];
  const described: { name: string; entries: ConfigEntry[] }[] = [];
  for (const name of names) {
    wanted.progress?.(heading(wanted, name));
    const entries = await entriesOf(admin, wanted, name);
    wanted.progress?.(entries.map(entryLine).join(''));
    described.push({ name, entries });
  }
  return {
    data: described.map(({ name, entries }) => ({ type, name: name || null, configs: entries.map(entryData) })),
    text: wanted.progress
      ? ''
      : described.map(({ name, entries }) => heading(wanted, name) + entries.map(entryLine).join('')).join(''),
    table: described.map(({ name, entries }) => tableOf(heading(wanted, name), entries)),
  };
}

/** Topic.validate, before anything is asked. */
function checkName(topic: string): void {
  const why = whyInvalidTopicName(topic);
  if (why !== undefined) throw new Error(why);
}

async function exists(admin: DescribingAdmin, type: string, name: string): Promise<boolean> {
  if (type === 'broker-loggers' || type === 'brokers') return name === '' || (await brokerIds(admin)).includes(name);
  // Who may not see which groups have settings is shown what there is.
  if (type === 'groups')
    return (await groupIds(admin)).includes(name) || ((await configuredGroups(admin))?.includes(name) ?? true);
  return (await allNames(admin, type)).includes(name);
}

const brokerIds = async (admin: DescribingAdmin): Promise<string[]> =>
  (await admin.describeCluster()).nodes.map(({ id }) => String(id));

async function allNames(admin: DescribingAdmin, type: string): Promise<string[]> {
  switch (type) {
    case 'topics':
      return hashMapOrder(
        (await admin.listTopics()).map(({ name }) => name),
        javaStringHash,
      );
    case 'brokers':
      return [...(await brokerIds(admin)), ''];
    case 'groups':
      return [...new Set([...(await groupIds(admin)), ...((await configuredGroups(admin)) ?? [])])];
    default:
      return configured(admin, type);
  }
}

const configured = async (admin: DescribingAdmin, type: string): Promise<string[]> =>
  (await admin.listConfigResources([RESOURCE_TYPES[type]!.id])).map(({ name }) => name);

const groupIds = async (admin: DescribingAdmin): Promise<string[]> =>
  (await admin.listGroups()).map(({ groupId }) => groupId);

/** Undefined where the broker is too old to say, or says it not to everybody. */
async function configuredGroups(admin: DescribingAdmin): Promise<string[] | undefined> {
  try {
    return await configured(admin, 'groups');
  } catch (error) {
    const code = error instanceof KafkaError ? error.code : undefined;
    if (code === ErrorCode.UNSUPPORTED_VERSION || code === ErrorCode.CLUSTER_AUTHORIZATION_FAILED) return undefined;
    throw error;
  }
}

async function entriesOf(admin: DescribingAdmin, wanted: ConfigsToDescribe, name: string): Promise<ConfigEntry[]> {
  if (wanted.type === 'topics' && name !== '') checkName(name);
  const { id, source } = RESOURCE_TYPES[wanted.type]!;
  const described = await admin.describeConfigs([{ type: id, name }], { includeSynonyms: true });
  throwFirstError(described);
  const own = wanted.type === 'brokers' && name === '' ? 'DYNAMIC_DEFAULT_BROKER_CONFIG' : source;
  return described
    .flatMap(({ entries }) => entries)
    .filter((entry) => wanted.all || own === undefined || entry.source === own)
    .sort((a, b) => byCodeUnits(a.name, b.name));
}

function heading({ type, all }: ConfigsToDescribe, name: string): string {
  if (name === '') return `Default configs for ${type} in the cluster are:\n`;
  return `${all ? 'All' : 'Dynamic'} configs for ${singular(type)} ${name} are:\n`;
}

function entryLine({ name, value, isSensitive, synonyms }: ConfigEntry): string {
  const sources = synonyms.map((synonym) => `${synonym.source}:${synonym.name}=${synonym.value}`).join(', ');
  return `  ${name}=${value} sensitive=${isSensitive} synonyms={${sources}}\n`;
}

const entryData = ({ name, value, source, isSensitive, isReadOnly, synonyms }: ConfigEntry) => ({
  name,
  value,
  source,
  sensitive: isSensitive,
  readOnly: isReadOnly,
  synonyms,
});

const tableOf = (title: string, entries: readonly ConfigEntry[]): Table => ({
  title: title.trimEnd().replace(/ are:$/, ''),
  columns: ['Setting', 'Value', 'Source'],
  rows: entries.map(({ name, value, isSensitive, source }) => [
    name,
    isSensitive ? '(hidden)' : (value ?? ''),
    source
      .replace(/_CONFIG$/, '')
      .replaceAll('_', ' ')
      .toLowerCase(),
  ]),
});

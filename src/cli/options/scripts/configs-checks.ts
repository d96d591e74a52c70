import { lookup } from 'node:dns/promises';
import { checkInvalid, checkOneAction } from '../checks.ts';
import { convert } from '../java-values.ts';
import type { ConfigsOptions } from './configs.ts';

// The order of the types in Kafka's message; ENTITIES below has that of the options.
const TYPES = ['topics', 'clients', 'users', 'brokers', 'ips', 'client-metrics', 'groups', 'broker-loggers'];
const WITH_DEFAULT = ['users', 'clients', 'brokers', 'ips'];

const ENTITIES = [
  ['topic', 'topics'],
  ['client', 'clients'],
  ['user', 'users'],
  ['broker', 'brokers'],
  ['broker-logger', 'broker-loggers'],
  ['ip', 'ips'],
  ['client-metrics', 'client-metrics'],
  ['group', 'groups'],
] as const;
const DEFAULTS = [
  ['client-defaults', 'clients'],
  ['user-defaults', 'users'],
  ['broker-defaults', 'brokers'],
  ['ip-defaults', 'ips'],
] as const;

/** Whose settings are meant: types and names go together by position; the name of a default entity is ''. */
export interface ConfigsPlan {
  readonly action: 'alter' | 'describe';
  readonly types: readonly string[];
  readonly names: readonly string[];
}

/**
 * Checks the options of kafka-configs in the order and with the texts of ConfigCommandOptions.checkArgs. Throws UsageError,
 * or a plain Error where Kafka's script prints the message alone. The only look outside is the name server's, for --ip.
 */
export async function checkConfigs(options: ConfigsOptions): Promise<ConfigsPlan> {
  const action = checkOneAction(
    options,
    ['alter', 'describe'],
    'Command must include exactly one action: --describe, --alter',
  );
  checkInvalid(options, 'describe', ['alter', 'add-config', 'delete-config']);
  const types = entityTypes(options);
  checkTypes(options, types);
  const names = entityNames(options);
  if (options.has('bootstrap-server') && options.has('bootstrap-controller'))
    throw new Error('Only one of --bootstrap-server or --bootstrap-controller can be specified');
  await checkNames(options, types, names);
  if (action === 'describe') checkDescribe(options, types, names);
  else checkAlter(options, types, names);
  return { action, types, names };
}

function entityTypes(options: ConfigsOptions): string[] {
  const byOption = [...ENTITIES, ...DEFAULTS].filter(([option]) => options.has(option)).map(([, type]) => type);
  return [...options.values('entity-type'), ...byOption];
}

function entityNames(options: ConfigsOptions): string[] {
  const paired = options.occurrences.flatMap(({ name, value }) =>
    name === 'entity-name' ? [value!] : name === 'entity-default' ? [''] : [],
  );
  const named = ENTITIES.flatMap(([option]) => (options.has(option) ? [options.value(option)!] : []));
  const defaults = DEFAULTS.filter(([option]) => options.has(option)).map(() => '');
  return [...paired, ...named, ...defaults];
}

function checkTypes(options: ConfigsOptions, types: readonly string[]): void {
  const duplicates = types.filter((type, i) => types.indexOf(type) !== i);
  if (duplicates.length > 0) throw new Error(`Duplicate entity type(s) specified: ${duplicates.join(',')}`);
  if (!options.has('bootstrap-server') && !options.has('bootstrap-controller'))
    throw new Error('Either --bootstrap-server or --bootstrap-controller must be specified.');
  for (const type of types)
    if (!TYPES.includes(type))
      throw new Error(
        `Invalid entity type ${type}, the entity type must be one of ${TYPES.join(', ')} with a --bootstrap-server or --bootstrap-controller argument`,
      );
  if (types.length === 0) throw new Error('At least one entity type must be specified');
  if (types.length > 1 && !(types.length === 2 && types.includes('users') && types.includes('clients')))
    throw new Error("Only 'users' and 'clients' entity types may be specified together");
  const generic = options.has('entity-name') || options.has('entity-type') || options.has('entity-default');
  if (generic && [...ENTITIES, ...DEFAULTS].some(([option]) => options.has(option)))
    throw new Error('--entity-{type,name,default} should not be used in conjunction with specific entity flags');
}

async function checkNames(options: ConfigsOptions, types: readonly string[], names: readonly string[]): Promise<void> {
  if (names.every((name) => name === '')) return;
  if (types.includes('brokers') || types.includes('broker-loggers'))
    for (const option of ['entity-name', 'broker', 'broker-logger'] as const) {
      const id = options.value(option);
      if (id !== undefined && !isInteger(id))
        throw new Error(`The entity name for ${types[0]} must be a valid integer broker id, but it is: ${id}`);
    }
  if (types.includes('ips'))
    for (const option of ['entity-name', 'ip'] as const) {
      const address = options.value(option);
      if (address !== undefined && !(await resolvable(address)))
        throw new Error(`The entity name for ${types[0]} must be a valid IP or resolvable host, but it is: ${address}`);
    }
}

function checkDescribe(options: ConfigsOptions, types: readonly string[], names: readonly string[]): void {
  if (!types.some((type) => WITH_DEFAULT.includes(type)) && options.has('entity-default'))
    throw new Error(`--entity-default must not be specified with --describe of ${types.join(',')}`);
  if (types.includes('broker-loggers') && names.every((name) => name === ''))
    throw new Error(`An entity name must be specified with --describe of ${types.join(',')}`);
}

function checkAlter(options: ConfigsOptions, types: readonly string[], names: readonly string[]): void {
  if (types.some((type) => WITH_DEFAULT.includes(type))) {
    if (names.length === 0)
      throw new Error(
        'An entity-name or default entity must be specified with --alter of users, clients, brokers or ips',
      );
  } else if (names.every((name) => name === ''))
    throw new Error(`An entity name must be specified with --alter of ${types.join(',')}`);
  if (options.has('add-config') && options.has('add-config-file'))
    throw new Error('Only one of --add-config or --add-config-file must be specified');
  if (!options.has('add-config') && !options.has('add-config-file') && !options.has('delete-config'))
    throw new Error(
      'At least one of --add-config, --add-config-file, or --delete-config must be specified with --alter',
    );
}

function isInteger(value: string): boolean {
  try {
    convert('int', value);
    return true;
  } catch {
    return false;
  }
}

const resolvable = (host: string): Promise<boolean> =>
  lookup(host).then(
    () => true,
    () => false,
  );

import { ConfigResourceType } from '../../client/admin/types.ts';
import type { Admin } from '../../client/admin.ts';
import { throwFirstError } from '../outcomes.ts';
import type { Report } from '../report.ts';

type ReadingAdmin = Pick<Admin, 'describeConfigs' | 'listConfigResources'>;
type ChangingAdmin = Pick<Admin, 'describeConfigs' | 'incrementalAlterConfigs'>;

const resourceOf = (name: string) => ({ type: ConfigResourceType.CLIENT_METRICS, name });

/** `client-metrics --list`. Data: [name]. */
export async function listClientMetrics(admin: ReadingAdmin): Promise<Report> {
  const names = await subscriptions(admin);
  const table = { columns: ['Subscription'], rows: names.map((name) => [name]) };
  return { data: names, text: `${names.join('\n')}\n`, table };
}

/** `client-metrics --describe`, of one subscription or all. Data: [{ name, configs: {name: value} }]. */
export async function describeClientMetrics(admin: ReadingAdmin, wanted: string | undefined): Promise<Report> {
  const all = await subscriptions(admin);
  if (wanted !== undefined && !all.includes(wanted)) {
    const text = `The client metric resource ${wanted} doesn't exist and doesn't have dynamic config.\n`;
    return { data: [], text };
  }
  const described: { name: string; configs: [string, string | null][] }[] = [];
  for (const name of wanted === undefined ? all : [wanted])
    described.push({ name, configs: await configsOf(admin, name) });
  const lines = described.flatMap(({ name, configs }) => [
    `Client metrics configs for ${name} are:`,
    ...configs.map(([key, value]) => `  ${key}=${value}`),
  ]);
  return {
    data: described.map(({ name, configs }) => ({ name, configs: Object.fromEntries(configs) })),
    text: lines.map((line) => `${line}\n`).join(''),
    table: {
      columns: ['Subscription', 'Config', 'Value'],
      rows: described.flatMap(({ name, configs }) => configs.map(([key, value]) => [name, key, value ?? ''])),
    },
  };
}

/**
 * `client-metrics --alter`. Data: { name, configs }.
 * @param configs by key; empty ones are reset
 */
export async function alterClientMetrics(
  admin: ChangingAdmin,
  name: string,
  configs: ReadonlyMap<string, string>,
): Promise<Report> {
  const ops = [...configs].map(([key, value]) => ({
    name: key,
    value,
    op: value === '' ? ('DELETE' as const) : ('SET' as const),
  }));
  throwFirstError(await admin.incrementalAlterConfigs([{ resource: resourceOf(name), ops }]));
  const text = `Altered client metrics config for ${name}.\n`;
  return { data: { name, configs: Object.fromEntries(configs) }, text };
}

/** `client-metrics --delete`; one that is not there is no error. Data: { name }. */
export async function deleteClientMetrics(admin: ChangingAdmin, name: string): Promise<Report> {
  const ops = (await configsOf(admin, name)).map(([key, value]) => ({ name: key, value, op: 'DELETE' as const }));
  throwFirstError(await admin.incrementalAlterConfigs([{ resource: resourceOf(name), ops }]));
  return { data: { name }, text: `Deleted client metrics config for ${name}.\n` };
}

async function subscriptions(admin: Pick<Admin, 'listConfigResources'>): Promise<string[]> {
  const resources = await admin.listConfigResources([ConfigResourceType.CLIENT_METRICS]);
  return resources.map(({ name }) => name);
}

async function configsOf(admin: Pick<Admin, 'describeConfigs'>, name: string): Promise<[string, string | null][]> {
  const described = await admin.describeConfigs([resourceOf(name)]);
  throwFirstError(described);
  return described.flatMap(({ entries }) => entries.map((entry): [string, string | null] => [entry.name, entry.value]));
}

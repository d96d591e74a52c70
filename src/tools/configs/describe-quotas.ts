import type { Admin, QuotaEntry, ScramUser } from '../../client/admin.ts';
import { ErrorCode } from '../../protocol/errors.ts';
import { javaDoubleToString } from '../../util/java-double.ts';
import { IllegalArgument } from '../illegal-argument.ts';
import type { Report, Table } from '../report.ts';
import { inJavaOrder, quotaFilters, quotaTitle } from './quota-entities.ts';

export interface QuotasToDescribe {
  /** users, clients (or both) or ips, with the names that go with them by position. */
  readonly types: readonly string[];
  readonly names: readonly string[];
}

/**
 * `configs --describe` of users, clients and addresses: a line for each that has quotas, and for users one with their SCRAM
 * credentials. Nothing is printed of those that have nothing.
 * @param say prints what is known when the credentials cannot be had
 */
export async function describeQuotas(
  admin: Pick<Admin, 'describeQuotas' | 'describeScram'>,
  { types, names }: QuotasToDescribe,
  say: (line: string) => void,
): Promise<Report> {
  if (names.length > types.length) throw new IllegalArgument('More entity names specified than entity types');
  const filters = quotaFilters(types.map((type, i) => ({ type, name: names[i] })));
  const quotas = inJavaOrder(await admin.describeQuotas(filters, { strict: true }));
  const scram = types.includes('users') && !types.includes('clients') && !names.includes('');
  const lines = quotas.map(quotaLine);
  const users = scram ? await credentials(admin, names, () => lines.forEach(say)) : [];
  const failed = users.some(({ error }) => error !== undefined);
  return {
    data: {
      quotas: quotas.map(({ entity, values }) => ({
        entity: Object.fromEntries(entity.map(({ type, name }) => [type, name])),
        quotas: Object.fromEntries(values),
      })),
      scram: users.map(({ user, credentials, error }) =>
        error ? { user, credentials: null, error: error.message } : { user, credentials },
      ),
    },
    document: 'configs --describe users, clients, ips',
    text: lines.map((line) => `${line}\n`).join('') + users.map(scramLine).join(''),
    table: [
      ...(quotas.length > 0 || users.length === 0 ? [quotaTable(quotas)] : []),
      ...(users.length > 0 ? [scramTable(users)] : []),
    ],
    ...(failed && { failed, kafkaExit: 0 }),
  };
}

async function credentials(
  admin: Pick<Admin, 'describeScram'>,
  names: readonly string[],
  onFailure: () => void,
): Promise<ScramUser[]> {
  const users = await admin.describeScram(names.length === 0 ? undefined : names).catch((error: unknown) => {
    onFailure();
    throw error;
  });
  return users.filter(({ error }) => error?.code !== ErrorCode.RESOURCE_NOT_FOUND);
}

const quotaLine = ({ entity, values }: QuotaEntry): string =>
  `Quota configs for ${quotaTitle(entity)} are ${[...values].map(([key, value]) => `${key}=${javaDoubleToString(value)}`).join(', ')}`;

const quotaTable = (quotas: readonly QuotaEntry[]): Table => ({
  columns: ['Who', 'Quota', 'Value'],
  units: [undefined, undefined, 'count'],
  rows: quotas.flatMap(({ entity, values }) =>
    [...values].map(([key, value]) => [
      entity.map(({ type, name }) => `${type} ${name ?? '(default)'}`).join(', '),
      key,
      value,
    ]),
  ),
});

const scramTable = (users: readonly ScramUser[]): Table => ({
  columns: ['User', 'Mechanism', 'Iterations'],
  rows: users.flatMap(({ user, credentials, error }) =>
    error
      ? [[user, error.message, '-']]
      : credentials.map(({ mechanism, iterations }) => [user, mechanism, iterations]),
  ),
});

function scramLine({ user, credentials, error }: ScramUser): string {
  if (error)
    return `Error retrieving SCRAM credential configs for user-principal '${user}': ExecutionException: ${error}\n`;
  const infos = credentials.map(({ mechanism, iterations }) => `${mechanism}=iterations=${iterations}`).join(', ');
  return `SCRAM credential configs for user-principal '${user}' are ${infos}\n`;
}

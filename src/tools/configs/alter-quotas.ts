import type { Admin, ScramMechanism } from '../../client/admin.ts';
import { ErrorCode, KafkaError } from '../../protocol/errors.ts';
import { parseJavaDouble } from '../../util/java-double.ts';
import { IllegalArgument } from '../illegal-argument.ts';
import { allOf, throwFirstError } from '../outcomes.ts';
import type { Changes } from './changes.ts';
import type { Entity } from './entities.ts';
import { quotaEntity, quotaFilters } from './quota-entities.ts';
import { isScram, parseCredential } from './scram.ts';

export type QuotaAdmin = Pick<Admin, 'describeQuotas' | 'alterQuotas' | 'alterScram'>;

const CLIENT_QUOTAS = ['producer_byte_rate', 'consumer_byte_rate', 'request_percentage', 'controller_mutation_rate'];
const IP_QUOTAS = ['connection_creation_rate'];

/** Users have quotas or SCRAM credentials, clients, and users together with clients, only quotas. */
export async function alterUserOrClient(
  admin: QuotaAdmin,
  entities: readonly Entity[],
  { add, remove }: Changes,
): Promise<void> {
  const added = [...add.keys()];
  if (entities[0]!.type === 'clients' || entities.length === 2) {
    refuseOthers(added, 'added', isQuota, "Only quota configs can be added for 'clients'");
    refuseOthers(remove, 'deleted', isQuota, "Only quota configs can be deleted for 'clients'");
  } else {
    const known = (name: string) => isQuota(name) || isScram(name);
    refuseOthers(added, 'added', known, "Only quota and SCRAM credential configs can be added for 'users'");
    refuseOthers(remove, 'deleted', known, "Only quota and SCRAM credential configs can be deleted for 'users'");
    checkScram(entities, [...added, ...remove]);
  }
  if ([...added, ...remove].some(isQuota)) await alterQuotas(admin, entities, { add, remove });
  else await alterScram(admin, entities[0]!.name, { add, remove });
}

export async function alterIp(admin: QuotaAdmin, entities: readonly Entity[], changes: Changes): Promise<void> {
  const unknown = [...changes.add.keys(), ...changes.remove].filter((name) => !IP_QUOTAS.includes(name));
  if (unknown.length > 0)
    throw new IllegalArgument(
      `Only connection quota configs can be added for 'ips' using --bootstrap-server. Unexpected config names: ${unknown.join(',')}`,
    );
  await alterQuotas(admin, entities, changes);
}

const isQuota = (name: string): boolean => CLIENT_QUOTAS.includes(name);

/** Kafka prints the collections of Scala with their names. */
function refuseOthers(
  names: readonly string[],
  what: 'added' | 'deleted',
  known: (name: string) => boolean,
  message: string,
): void {
  const unknown = names.filter((name) => !known(name));
  if (unknown.length > 0)
    throw new IllegalArgument(
      `${message} using --bootstrap-server. Unexpected config names: ${what === 'added' ? 'Set' : 'ArrayBuffer'}(${unknown.join(', ')})`,
    );
}

function checkScram(entities: readonly Entity[], names: readonly string[]): void {
  if (!names.some(isScram)) return;
  if (entities.some(({ name }) => name === ''))
    throw new IllegalArgument(
      'The use of --entity-default or --user-defaults is not allowed with User SCRAM Credentials using --bootstrap-server.',
    );
  if (names.some(isQuota))
    throw new IllegalArgument(
      "Cannot alter both quota and SCRAM credential configs simultaneously for 'users' using --bootstrap-server.",
    );
}

async function alterQuotas(admin: QuotaAdmin, entities: readonly Entity[], { add, remove }: Changes): Promise<void> {
  const set = [...add].map(([key, value]) => [key, quotaValue(key, value)] as const);
  const present = await admin.describeQuotas(quotaFilters(entities), { strict: true });
  const missing = remove.filter((name) => !present[0]?.values.has(name));
  if (missing.length > 0) throw new IllegalArgument(`Invalid config(s): ${missing.join(',')}`);
  const removed = remove.map((key) => [key, null] as const);
  throwFirstError(await admin.alterQuotas([{ entity: quotaEntity(entities), ops: [...set, ...removed] }]));
}

function quotaValue(key: string, value: string): number {
  const number = parseJavaDouble(value);
  if (number === undefined) throw new IllegalArgument(`Cannot parse quota configuration value for ${key}: ${value}`);
  return number;
}

async function alterScram(admin: QuotaAdmin, user: string, { add, remove }: Changes): Promise<void> {
  const upsertions = [...add].map(([name, value]) => {
    const mechanism = name as ScramMechanism;
    return { user, mechanism, ...parseCredential(mechanism, value) };
  });
  if (upsertions.some(({ password }) => password === ''))
    throw new KafkaError(ErrorCode.UNACCEPTABLE_CREDENTIAL, 'Password must not be empty');
  const deletions = remove.map((name) => ({ user, mechanism: name as ScramMechanism }));
  allOf(await admin.alterScram({ upsertions, deletions }));
}

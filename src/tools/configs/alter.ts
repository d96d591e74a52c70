import type { Admin } from '../../client/admin.ts';
import { ErrorCode, KafkaError } from '../../protocol/errors.ts';
import { hashMapOrder, javaStringHash } from '../../util/java-hash.ts';
import { IllegalArgument } from '../illegal-argument.ts';
import { throwFirstError } from '../outcomes.ts';
import type { Report } from '../report.ts';
import { alterIp, alterUserOrClient, type QuotaAdmin } from './alter-quotas.ts';
import type { Changes } from './changes.ts';
import { type Entity, RESOURCE_TYPES, singular } from './entities.ts';

export type AlteringAdmin = QuotaAdmin & Pick<Admin, 'incrementalAlterConfigs' | 'describeConfigs'>;

const SECRET = /^SCRAM-|password|passphrase|secret|jaas|\.key$|keystore\.(key|certificate)|truststore\.certificates/i;

/**
 * `configs --alter`: changes the settings of one entity, or of a user together with a client.
 * Data: { entity: [{ type, name }], added: {name: value}, removed: [name] }; name null for a default entity; passwords are not
 * repeated. Throws IllegalArgument for what Kafka's script refuses, KafkaError for what the cluster refuses.
 */
export async function alterConfigs(
  admin: AlteringAdmin,
  entities: readonly Entity[],
  changes: Changes,
): Promise<Report> {
  const first = entities[0]!;
  if (first.type === 'users' || first.type === 'clients') await alterUserOrClient(admin, entities, changes);
  else if (first.type === 'ips') await alterIp(admin, entities, changes);
  else await alterResource(admin, first, changes);
  return {
    data: {
      entity: entities.map(({ type, name }) => ({ type, name: name || null })),
      added: Object.fromEntries([...changes.add].map(([key, value]) => [key, SECRET.test(key) ? null : value])),
      removed: changes.remove,
    },
    text:
      first.name === ''
        ? `Completed updating default config for ${first.type} in the cluster.\n`
        : `Completed updating config for ${singular(first.type)} ${first.name}.\n`,
  };
}

async function alterResource(admin: AlteringAdmin, { type, name }: Entity, { add, remove }: Changes): Promise<void> {
  const resource = { type: RESOURCE_TYPES[type]!.id, name };
  if (type === 'broker-loggers') await checkLoggers(admin, resource, [...remove, ...add.keys()]);
  const sets = [...add].map(([key, value]) => ({ name: key, value, op: 'SET' as const }));
  const deletes = remove.map((key) => ({ name: key, value: null, op: 'DELETE' as const }));
  try {
    throwFirstError(await admin.incrementalAlterConfigs([{ resource, ops: [...sets, ...deletes] }]));
  } catch (error) {
    const isTooOld = error instanceof KafkaError && error.code === ErrorCode.UNSUPPORTED_VERSION;
    throw isTooOld && type !== 'broker-loggers' ? new IllegalArgument(TOO_OLD) : error;
  }
}

const TOO_OLD =
  'The INCREMENTAL_ALTER_CONFIGS API is not supported by the cluster. The API is supported starting from version 2.3.0. You may want to use an older version of this tool to interact with your cluster, or upgrade your brokers to version 2.3.0 or newer to avoid this error.';

async function checkLoggers(
  admin: AlteringAdmin,
  resource: { type: number; name: string },
  names: readonly string[],
): Promise<void> {
  const described = await admin.describeConfigs([resource]);
  throwFirstError(described);
  const known = new Set(described.flatMap(({ entries }) => entries.map((entry) => entry.name)));
  const unknown = hashMapOrder(names, javaStringHash).filter((name) => !known.has(name));
  if (unknown.length > 0) throw new IllegalArgument(`Invalid broker logger(s): ${unknown.join(',')}`);
}

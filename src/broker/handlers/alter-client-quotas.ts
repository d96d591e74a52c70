// AlterClientQuotas, v0-1 (KIP-546, KIP-599, KIP-612): sets and removes quotas of users, clients, both, and addresses; null
// names are defaults. Each entity on its own.
// v1: flexible.
// Follows org.apache.kafka.controller.ClientQuotaControlManager.
import { isIP } from 'node:net';
import { AlterClientQuotas, type AlterClientQuotasRequest } from '../../protocol/messages/alter-client-quotas.ts';
import { hashMapOrder, javaStringHash } from '../../util/java-hash.ts';
import { quotaEntityKey } from '../metadata/client-quotas-image.ts';
import type { QuotaEntity } from '../metadata/image.ts';
import type { QuotaChange } from '../metadata/metadata-store.ts';
import { resolveHost } from '../network/resolve-host.ts';
import { entityData, isQuotaEntityType, quotaEntityHash, quotaEntityText } from '../quotas/entity.ts';
import { checkQuotaValue, invalid } from '../quotas/quota-keys.ts';
import type { Services } from '../services.ts';
import { defineHandler } from './define.ts';
import { NO_FAILURE, type ResourceFailure, resourceFailure } from './failures.ts';

type Entry = AlterClientQuotasRequest['entries'][number];
interface Outcome {
  readonly entity: QuotaEntity;
  readonly failure: ResourceFailure | typeof NO_FAILURE;
}

export const alterClientQuotasHandler = defineHandler(AlterClientQuotas, async (request, { services }) => {
  const outcomes = new Map<string, Outcome>();
  const changes: QuotaChange[] = [];
  for (const entry of request.entries) {
    const entity: QuotaEntity = new Map(entry.entity.map(({ entityType, entityName }) => [entityType, entityName]));
    const key = quotaEntityKey(entity);
    try {
      if (outcomes.has(key) || hasRepeatedKey(entry))
        throw invalid(`Ignoring duplicate entity ${quotaEntityText(entity)}`);
      await checkEntity(entity);
      changes.push(...changesOf(entity, entry, services));
      outcomes.set(key, { entity, failure: NO_FAILURE });
    } catch (error) {
      outcomes.set(key, { entity, failure: resourceFailure(error) });
    }
  }
  if (!request.validateOnly) services.metadata.changeClientQuotas(changes);
  const ordered = hashMapOrder(outcomes.values(), ({ entity }) => quotaEntityHash(entity));
  return {
    throttleTimeMs: 0,
    entries: ordered.map(({ entity, failure }) => ({ ...failure, entity: entityData(entity) })),
  };
});

function hasRepeatedKey({ ops }: Entry): boolean {
  return new Set(ops.map(({ key }) => key)).size !== ops.length;
}

/** @throws KafkaError INVALID_REQUEST with Kafka's text */
async function checkEntity(entity: QuotaEntity): Promise<void> {
  if (entity.size === 0) throw invalid('Invalid empty client quota entity');
  for (const [type, name] of entity) {
    if (!isQuotaEntityType(type)) throw invalid(`Unhandled client quota entity type: ${type}`);
    if (name === '') throw invalid(`Empty ${type} not supported`);
  }
  const ip = entity.get('ip');
  if (ip === undefined) return;
  if (entity.size > 1)
    throw invalid('Invalid quota entity combination, IP entity shouldnot be combined with User or ClientId');
  if (ip !== null && !(await isAddress(ip))) throw invalid(`${ip} is not a valid IP or resolvable host.`);
}

async function isAddress(host: string): Promise<boolean> {
  if (isIP(host) !== 0) return true;
  return (await resolveHost(host)) !== undefined;
}

/**
 * What changes, in the order in which Kafka's image takes it in; a value that is there already is not written again.
 * @throws KafkaError INVALID_REQUEST with Kafka's text
 */
function changesOf(entity: QuotaEntity, { ops }: Entry, { metadata }: Services): QuotaChange[] {
  const current = metadata.quotasOf(entity);
  for (const { key, value, remove } of ops) if (!remove) checkQuotaValue(entity, key, value);
  return hashMapOrder(ops, ({ key }) => javaStringHash(key))
    .map(({ key, value, remove }) => ({ entity, key, value: remove ? null : value }))
    .filter(({ key, value }) => value !== (current?.get(key) ?? null));
}

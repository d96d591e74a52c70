// Quota entities as Kafka's Java classes order and print them.
import { hashMapOrder, javaStringHash } from '../../util/java-hash.ts';
import type { QuotaEntity } from '../metadata/image.ts';

const TYPES: readonly string[] = ['user', 'client-id', 'ip'];

export function isQuotaEntityType(type: string): boolean {
  return TYPES.includes(type);
}

/** ClientQuotaEntity.hashCode. */
export function quotaEntityHash(entity: QuotaEntity): number {
  let hash = 31;
  for (const [type, name] of entity) hash += javaStringHash(type) ^ (name === null ? 0 : javaStringHash(name));
  return hash | 0;
}

/** An entity in the form and order of Kafka's answers. */
export function entityData(entity: QuotaEntity): { entityType: string; entityName: string | null }[] {
  return hashMapOrder(entity, ([type]) => javaStringHash(type), entity.size).map(([entityType, entityName]) => ({
    entityType,
    entityName,
  }));
}

/** ClientQuotaEntity.toString. */
export function quotaEntityText(entity: QuotaEntity): string {
  const entries = entityData(entity).map(({ entityType, entityName }) => `${entityType}=${entityName}`);
  return `ClientQuotaEntity(entries={${entries.join(', ')}})`;
}

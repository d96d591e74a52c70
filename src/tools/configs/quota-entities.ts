import type { QuotaEntity, QuotaEntry, QuotaFilter } from '../../client/admin.ts';
import { hashMapOrder, javaStringHash } from '../../util/java-hash.ts';
import type { Entity } from './entities.ts';

const QUOTA_TYPES: Readonly<Record<string, string>> = { users: 'user', clients: 'client-id', ips: 'ip' };
const TITLES: Readonly<Record<string, string>> = { user: 'user-principal', 'client-id': 'client-id', ip: 'ip' };

/** Entities of the command line in the words of the quota requests. */
export const quotaEntity = (entities: readonly Entity[]): QuotaEntity[] =>
  entities.map(({ type, name }) => ({ type: QUOTA_TYPES[type]!, name: name || null }));

/** Filters for exactly these entities; a type without a name matches any. */
export const quotaFilters = (entities: readonly { type: string; name?: string | undefined }[]): QuotaFilter[] =>
  entities.map(({ type, name }) => ({
    type: QUOTA_TYPES[type]!,
    match: name === undefined ? undefined : name || null,
  }));

/** `user-principal 'alice', client-id 'billing'`, `the default client-id`. */
export const quotaTitle = (entity: readonly QuotaEntity[]): string =>
  Object.entries(TITLES)
    .flatMap(([type, title]) => {
      const found = entity.find((part) => part.type === type);
      return found ? [found.name === null ? `the default ${title}` : `${title} '${found.name}'`] : [];
    })
    .join(', ');

/** Entries and their values in the order of Java's HashMaps, as Kafka's script prints them. */
export function inJavaOrder(entries: readonly QuotaEntry[]): QuotaEntry[] {
  return hashMapOrder(entries, ({ entity }) => entityHash(entity), entries.length).map(({ entity, values }) => ({
    entity,
    values: new Map(hashMapOrder(values, ([key]) => javaStringHash(key), values.size)),
  }));
}

/** ClientQuotaEntity.hashCode. */
const entityHash = (entity: readonly QuotaEntity[]): number =>
  entity.reduce(
    (sum, { type, name }) => (sum + (javaStringHash(type) ^ (name === null ? 0 : javaStringHash(name)))) | 0,
    31,
  );

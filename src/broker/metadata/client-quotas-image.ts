import { hashMapBuckets, hashMapOrder, javaStringHash } from '../../util/java-hash.ts';
import { quotaEntityHash } from '../quotas/entity.ts';
import type { EntityQuotas, QuotaEntity } from './image.ts';

/** Names an entity the same way whatever the order of its parts. */
export function quotaEntityKey(entity: QuotaEntity): string {
  return JSON.stringify([...entity].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/**
 * The client quotas that the metadata records say there are, in the order of org.apache.kafka.image.ClientQuotasImage, which
 * makes its HashMaps anew with each change.
 */
export class ClientQuotasImage {
  #byEntity = new Map<string, EntityQuotas>();

  get all(): Iterable<EntityQuotas> {
    return hashMapOrder(this.#byEntity.values(), ({ entity }) => quotaEntityHash(entity), this.#byEntity.size);
  }

  of(entity: QuotaEntity): ReadonlyMap<string, number> | undefined {
    return this.#byEntity.get(quotaEntityKey(entity))?.values;
  }

  /** Sets a quota, removes it with null. */
  set(entity: QuotaEntity, key: string, value: number | null): void {
    const name = quotaEntityKey(entity);
    const before = this.#byEntity.get(name)?.values;
    const changed = new Map(before);
    if (value === null) changed.delete(key);
    else changed.set(key, value);
    const values = new Map(hashMapOrder(changed, ([each]) => javaStringHash(each), before?.size ?? 0));
    if (values.size > 0) this.#byEntity.set(name, { entity, values });
    else if (this.#byEntity.has(name)) this.#remove(name);
  }

  #remove(name: string): void {
    const count = this.#byEntity.size;
    // In fewer buckets entities stand in the order that they had in more of them; in more it is the order they came in.
    if (hashMapBuckets(count - 1, count) < hashMapBuckets(count, count))
      this.#byEntity = new Map([...this.all].map((quotas) => [quotaEntityKey(quotas.entity), quotas]));
    this.#byEntity.delete(name);
  }
}

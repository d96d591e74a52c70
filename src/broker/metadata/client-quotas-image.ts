import type { EntityQuotas, QuotaEntity } from './image.ts';

/** Names an entity the same way whatever the order of its parts. */
export function quotaEntityKey(entity: QuotaEntity): string {
  return JSON.stringify([...entity].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** The client quotas that the metadata records say there are. */
export class ClientQuotasImage {
  readonly #byEntity = new Map<string, EntityQuotas>();

  get all(): Iterable<EntityQuotas> {
    return this.#byEntity.values();
  }

  of(entity: QuotaEntity): ReadonlyMap<string, number> | undefined {
    return this.#byEntity.get(quotaEntityKey(entity))?.values;
  }

  /** Sets a quota, removes it with null. */
  set(entity: QuotaEntity, key: string, value: number | null): void {
    const name = quotaEntityKey(entity);
    const values = new Map(this.#byEntity.get(name)?.values);
    if (value === null) values.delete(key);
    else values.set(key, value);
    if (values.size === 0) this.#byEntity.delete(name);
    else this.#byEntity.set(name, { entity, values });
  }
}

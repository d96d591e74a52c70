// Which quota a client has: the most specific one that was set (ClientQuotaManager.DefaultQuotaCallback).
import type { EntityQuotas } from '../metadata/image.ts';

/** Who a quota is for: the user's name and the client id, empty if it gave none. */
export interface QuotaClient {
  readonly user: string;
  readonly clientId: string;
}

export interface ClientLimit {
  /** In the unit of the quota. */
  readonly limit: number;
  /** Clients with the same name share what they use. */
  readonly shared: string;
}

/** A part of an entity: its name, null for the default, undefined if it is not there. */
type Part = string | null | undefined;

/** The quotas of one key. */
export class QuotaTable {
  readonly #limits = new Map<string, number>();
  readonly #found = new Map<string, ClientLimit | undefined>();

  constructor(key: string, quotas: Iterable<EntityQuotas>) {
    for (const { entity, values } of quotas) {
      const limit = values.get(key);
      if (limit !== undefined && !entity.has('ip'))
        this.#limits.set(name(entity.get('user'), entity.get('client-id')), limit);
    }
  }

  get isEmpty(): boolean {
    return this.#limits.size === 0;
  }

  /** The quota of a client; undefined if none applies. */
  limitOf(client: QuotaClient): ClientLimit | undefined {
    if (this.isEmpty) return undefined;
    const key = name(client.user, client.clientId);
    if (!this.#found.has(key)) this.#found.set(key, this.#find(client));
    return this.#found.get(key);
  }

  #find({ user, clientId }: QuotaClient): ClientLimit | undefined {
    const both = name(user, clientId);
    const [ofUser, ofClient] = [name(user, undefined), name(undefined, clientId)];
    const levels: readonly [Part, Part, string][] = [
      [user, clientId, both],
      [user, null, both],
      [user, undefined, ofUser],
      [null, clientId, both],
      [null, null, both],
      [null, undefined, ofUser],
      [undefined, clientId, ofClient],
      [undefined, null, ofClient],
    ];
    for (const [userPart, clientPart, shared] of levels) {
      // Who gives no client id has no quota of one.
      if (clientPart !== undefined && clientId === '') continue;
      const limit = this.#limits.get(name(userPart, clientPart));
      if (limit !== undefined) return { limit, shared };
    }
    return undefined;
  }
}

function name(user: Part, clientId: Part): string {
  return JSON.stringify([user === undefined ? [] : user, clientId === undefined ? [] : clientId]);
}

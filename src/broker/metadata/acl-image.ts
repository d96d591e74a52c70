import { type Acl, aclKey } from '../security/acl.ts';
import { AclIndex } from '../security/acl-index.ts';

/** The access control entries that the metadata records say there are. */
export class AclImage {
  readonly index = new AclIndex();
  readonly #byId = new Map<string, Acl>();
  readonly #ids = new Map<string, string>();

  /** All entries by id, in the order they were made. */
  get all(): ReadonlyMap<string, Acl> {
    return this.#byId;
  }

  has(acl: Acl): boolean {
    return this.#ids.has(aclKey(acl));
  }

  add(id: string, acl: Acl): void {
    if (this.#byId.has(id) || this.has(acl)) return;
    this.#byId.set(id, acl);
    this.#ids.set(aclKey(acl), id);
    this.index.add(acl);
  }

  remove(id: string): void {
    const acl = this.#byId.get(id);
    if (!acl) return;
    this.#byId.delete(id);
    this.#ids.delete(aclKey(acl));
    this.index.remove(acl);
  }
}

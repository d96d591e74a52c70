// Entries by the resources they are about. To find those that match a name takes one look-up for the name itself, one for
// the wildcard and one for each length that some prefix has, however many entries there are.
import { type Acl, PatternType, WILDCARD } from './acl.ts';

const NONE: readonly Acl[] = [];

class ResourceAcls {
  readonly #literal = new Map<string, Acl[]>();
  readonly #prefixed = new Map<string, Acl[]>();
  #prefixLengths: readonly number[] = [];

  add(acl: Acl): void {
    const byName = acl.patternType === PatternType.PREFIXED ? this.#prefixed : this.#literal;
    const known = byName.get(acl.resourceName);
    if (known) known.push(acl);
    else byName.set(acl.resourceName, [acl]);
    if (byName === this.#prefixed) this.#measure();
  }

  remove(acl: Acl): void {
    const byName = acl.patternType === PatternType.PREFIXED ? this.#prefixed : this.#literal;
    const left = (byName.get(acl.resourceName) ?? NONE).filter((other) => other !== acl);
    if (left.length > 0) byName.set(acl.resourceName, left);
    else byName.delete(acl.resourceName);
    if (byName === this.#prefixed) this.#measure();
  }

  *matching(name: string): Generator<readonly Acl[]> {
    yield this.#literal.get(WILDCARD) ?? NONE;
    if (name !== WILDCARD) yield this.#literal.get(name) ?? NONE;
    for (const length of this.#prefixLengths) {
      if (length > name.length) return;
      yield this.#prefixed.get(name.slice(0, length)) ?? NONE;
    }
  }

  *all(): Generator<Acl> {
    for (const acls of this.#literal.values()) yield* acls;
    for (const acls of this.#prefixed.values()) yield* acls;
  }

  #measure(): void {
    this.#prefixLengths = [...new Set([...this.#prefixed.keys()].map(({ length }) => length))].sort((a, b) => a - b);
  }
}

export class AclIndex {
  readonly #byType = new Map<number, ResourceAcls>();

  add(acl: Acl): void {
    let acls = this.#byType.get(acl.resourceType);
    if (!acls) {
      acls = new ResourceAcls();
      this.#byType.set(acl.resourceType, acls);
    }
    acls.add(acl);
  }

  remove(acl: Acl): void {
    this.#byType.get(acl.resourceType)?.remove(acl);
  }

  /** The entries whose pattern the name matches, in groups. */
  matching(resourceType: number, name: string): Iterable<readonly Acl[]> {
    return this.#byType.get(resourceType)?.matching(name) ?? [];
  }

  /** All entries on resources of a type. */
  ofType(resourceType: number): Iterable<Acl> {
    return this.#byType.get(resourceType)?.all() ?? [];
  }
}

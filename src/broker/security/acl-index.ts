// Entries by the resources they are about. To find those that match a name takes one look-up for the name itself, one for
// the wildcard and one for each length that some prefix has, however many entries there are.
import { type Acl, PatternType, WILDCARD } from './acl.ts';

const NONE: readonly Acl[] = [];

class ResourceAcls {
  readonly #literal = new Map<string, Acl[]>();
  readonly #prefixed = new Map<string, Acl[]>();
  readonly #byPrincipal = new Map<string, Acl[]>();
  /** How many prefixes have a length. */
  readonly #countByLength = new Map<number, number>();
  /** The shortest first. */
  #prefixLengths: readonly number[] = [];

  add(acl: Acl): void {
    put(this.#byPrincipal, acl.principal, acl);
    const isPrefix = acl.patternType === PatternType.PREFIXED;
    const isNew = put(isPrefix ? this.#prefixed : this.#literal, acl.resourceName, acl);
    if (isPrefix && isNew) this.#count(acl.resourceName.length, 1);
  }

  remove(acl: Acl): void {
    take(this.#byPrincipal, acl.principal, acl);
    const isPrefix = acl.patternType === PatternType.PREFIXED;
    const isLast = take(isPrefix ? this.#prefixed : this.#literal, acl.resourceName, acl);
    if (isPrefix && isLast) this.#count(acl.resourceName.length, -1);
  }

  *matching(name: string): Generator<readonly Acl[]> {
    yield this.#literal.get(WILDCARD) ?? NONE;
    if (name !== WILDCARD) yield this.#literal.get(name) ?? NONE;
    for (const length of this.#prefixLengths) {
      if (length > name.length) return;
      yield this.#prefixed.get(name.slice(0, length)) ?? NONE;
    }
  }

  of(principal: string): readonly Acl[] {
    return this.#byPrincipal.get(principal) ?? NONE;
  }

  #count(length: number, more: 1 | -1): void {
    const count = (this.#countByLength.get(length) ?? 0) + more;
    if (count === 0) this.#countByLength.delete(length);
    else this.#countByLength.set(length, count);
    if (this.#prefixLengths.length !== this.#countByLength.size)
      this.#prefixLengths = [...this.#countByLength.keys()].sort((a, b) => a - b);
  }
}

/** Tells whether it is the first of its key. */
function put(acls: Map<string, Acl[]>, key: string, acl: Acl): boolean {
  const known = acls.get(key);
  if (known) known.push(acl);
  else acls.set(key, [acl]);
  return known === undefined;
}

/** Tells whether it was the last of its key. */
function take(acls: Map<string, Acl[]>, key: string, acl: Acl): boolean {
  const known = acls.get(key) ?? [];
  const at = known.indexOf(acl);
  if (at >= 0) known.splice(at, 1);
  if (at < 0 || known.length > 0) return false;
  return acls.delete(key);
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

  /** The entries on resources of a type that are about a principal by this very name. */
  ofType(resourceType: number, principal: string): readonly Acl[] {
    return this.#byType.get(resourceType)?.of(principal) ?? NONE;
  }
}

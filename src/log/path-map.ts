import path from 'node:path';

/** What is known of resolved paths, found by path and by the directory it lies in. */
export class PathMap<V> {
  readonly #directories = new Map<string, Map<string, V>>();

  constructor(entries: Iterable<readonly [string, V]> = []) {
    for (const [key, value] of entries) this.set(key, value);
  }

  get(key: string): V | undefined {
    return this.#directories.get(path.dirname(key))?.get(key);
  }

  has(key: string): boolean {
    return this.get(key) !== undefined;
  }

  set(key: string, value: V): void {
    const directory = path.dirname(key);
    const inside = this.#directories.get(directory) ?? new Map<string, V>();
    this.#directories.set(directory, inside.set(key, value));
  }

  delete(key: string): void {
    const directory = path.dirname(key);
    const inside = this.#directories.get(directory);
    inside?.delete(key);
    if (inside?.size === 0) this.#directories.delete(directory);
  }

  /** Directly in a directory. */
  inside(directory: string): [string, V][] {
    return [...(this.#directories.get(directory) ?? [])];
  }

  /** The path itself and all below it. */
  within(top: string): [string, V][] {
    const below = [...this.#directories].filter(([directory]) => isWithin(directory, top));
    const own = this.get(top);
    return [...(own === undefined ? [] : [[top, own] as [string, V]]), ...below.flatMap(([, inside]) => [...inside])];
  }

  *[Symbol.iterator](): Iterator<[string, V]> {
    for (const inside of this.#directories.values()) yield* inside;
  }
}

function isWithin(one: string, directory: string): boolean {
  return one === directory || one.startsWith(directory + path.sep);
}

import type { Files, OpenFile } from '../../src/log/files.ts';
import type { MemoryFiles } from '../../src/log/memory-files.ts';

export class Killed extends Error {}

/** Files that do `left` operations which change something, and none after that. */
export class KilledFiles implements Files {
  readonly #inner: MemoryFiles;
  left = Number.POSITIVE_INFINITY;

  constructor(inner: MemoryFiles) {
    this.#inner = inner;
  }

  #count<T>(act: () => T): T {
    if (this.left-- <= 0) throw new Killed();
    return act();
  }

  open(path: string, options?: { create?: boolean }): OpenFile {
    const file = options?.create === true ? this.#count(() => this.#inner.open(path, options)) : this.#inner.open(path);
    return {
      size: () => file.size(),
      read: (target, position) => file.read(target, position),
      readAsync: (target, position) => file.readAsync(target, position),
      write: (data, position) => this.#count(() => file.write(data, position)),
      truncate: (size) => this.#count(() => file.truncate(size)),
      reserve: (size) => this.#count(() => file.reserve(size)),
      sync: () => this.#count(() => file.sync()),
      syncAsync: async () => this.#count(() => file.sync()),
      close: () => file.close(),
    };
  }

  readFile = (path: string) => this.#inner.readFile(path);
  createExclusive = (path: string, content: Buffer) => this.#count(() => this.#inner.createExclusive(path, content));
  stat = (path: string) => this.#inner.stat(path);
  readDirectory = (path: string) => this.#inner.readDirectory(path);
  makeDirectory = (path: string) => this.#count(() => this.#inner.makeDirectory(path));
  rename = (from: string, to: string) => this.#count(() => this.#inner.rename(from, to));
  setModified = (path: string, modifiedMs: number) => this.#count(() => this.#inner.setModified(path, modifiedMs));
  remove = (path: string) => this.#count(() => this.#inner.remove(path));
  removeDirectory = (path: string) => this.#count(() => this.#inner.removeDirectory(path));
  syncDirectory = (path: string) => this.#count(() => this.#inner.syncDirectory(path));
  syncDirectoryAsync = async (path: string) => this.syncDirectory(path);
  diskSpace = () => this.#inner.diskSpace();
}

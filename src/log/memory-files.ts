// Files that live in memory: for a broker whose data nobody wants to keep, and for tests, which can make any call fail
// and can take the process or the power away.
import path from 'node:path';
import type { DirectoryEntry, FileInfo, Files, OpenFile } from './files.ts';
import { type Fault, type FaultSource, type FileOperation, MemoryFile, systemError } from './memory-file.ts';
import { Inode } from './memory-inode.ts';
import { PathMap } from './path-map.ts';

export type { Fault } from './memory-file.ts';

export class MemoryFiles implements Files, FaultSource {
  /** Counts crashes; files opened before one are closed. */
  generation = 0;
  readonly #rememberSynced: boolean;
  readonly #faults: { fault: Fault; skip: number; times: number }[] = [];
  #live = new PathMap<Inode>();
  readonly #durable = new PathMap<Inode>();
  readonly #directories = new PathMap<true>();

  /** @param rememberSynced keeps a second copy of all that was synced, which {@link losePower} needs */
  constructor(rememberSynced: boolean) {
    this.#rememberSynced = rememberSynced;
  }

  /** Makes later calls fail. Returns a function that takes the fault away. */
  inject(fault: Fault): () => void {
    const entry = { fault, skip: fault.skip ?? 0, times: fault.times ?? Number.POSITIVE_INFINITY };
    this.#faults.push(entry);
    return () => void this.#faults.splice(this.#faults.indexOf(entry), 1);
  }

  /** As `kill -9`: what was written stays, synced or not; open files and the lock are gone. */
  crash(): void {
    this.generation++;
    this.#faults.length = 0;
    for (const [name] of [...this.#live]) if (path.basename(name) === '.lock') this.#live.delete(name);
  }

  /** As pulling the plug: what was not synced is gone, directory changes too. */
  losePower(): void {
    if (!this.#rememberSynced) throw new Error('memoryFiles was not told to remember what was synced');
    this.#live = new PathMap(this.#durable);
    for (const [, inode] of this.#live) inode.losePower();
    this.crash();
  }

  faultOf(operation: FileOperation, name: string): Fault | undefined {
    for (const entry of this.#faults) {
      if (entry.fault.operation !== operation || entry.fault.path?.test(name) === false) continue;
      if (entry.skip-- > 0) continue;
      if (entry.times-- > 0) return entry.fault;
    }
    return undefined;
  }

  check(operation: FileOperation, name: string): void {
    const fault = this.faultOf(operation, name);
    if (fault !== undefined) throw systemError(fault.code, operation, name);
  }

  syncInode(inode: Inode, name: string): void {
    if (!this.#rememberSynced) return;
    inode.sync();
    // As on ext4: a file that was synced can be found again, even if its directory was not synced.
    if (this.#live.get(path.resolve(name)) === inode) this.#durable.set(path.resolve(name), inode);
  }

  open(name: string, options: { create?: boolean } = {}): OpenFile {
    this.check('open', name);
    const key = path.resolve(name);
    let inode = this.#live.get(key);
    if (inode === undefined) {
      if (options.create !== true || !this.#directories.has(path.dirname(key)))
        throw systemError('ENOENT', 'open', name);
      inode = new Inode();
      inode.modifiedMs = Date.now();
      this.#live.set(key, inode);
    }
    return new MemoryFile(this, name, inode);
  }

  readFile(name: string): Buffer {
    this.check('read', name);
    const inode = this.#live.get(path.resolve(name));
    if (inode === undefined) throw systemError('ENOENT', 'open', name);
    return inode.content();
  }

  createExclusive(name: string, content: Buffer): boolean {
    if (this.#live.has(path.resolve(name))) return false;
    this.open(name, { create: true }).write(content, 0);
    return true;
  }

  stat(name: string): FileInfo | undefined {
    const key = path.resolve(name);
    if (this.#directories.has(key)) return { size: 0, modifiedMs: 0, isDirectory: true };
    const inode = this.#live.get(key);
    return inode && { size: inode.size, modifiedMs: inode.modifiedMs, isDirectory: false };
  }

  readDirectory(name: string): DirectoryEntry[] {
    const key = path.resolve(name);
    if (!this.#directories.has(key)) throw systemError('ENOENT', 'scandir', name);
    const entries = (isDirectory: boolean, inside: readonly [string, unknown][]) =>
      inside.filter(([one]) => one !== key).map(([one]) => ({ name: path.basename(one), isDirectory }));
    return [...entries(true, this.#directories.inside(key)), ...entries(false, this.#live.inside(key))];
  }

  makeDirectory(name: string): void {
    this.check('makeDirectory', name);
    for (let key = path.resolve(name); !this.#directories.has(key); key = path.dirname(key))
      this.#directories.set(key, true);
  }

  rename(from: string, to: string): void {
    this.check('rename', from);
    const [source, target] = [path.resolve(from), path.resolve(to)];
    if (this.#directories.has(source)) {
      this.#renameDirectory(source, target);
      return;
    }
    const inode = this.#live.get(source);
    if (inode === undefined) throw systemError('ENOENT', 'rename', from);
    this.#live.delete(source);
    this.#live.set(target, inode);
  }

  setModified(name: string, modifiedMs: number): void {
    const inode = this.#live.get(path.resolve(name));
    if (inode === undefined) throw systemError('ENOENT', 'utime', name);
    inode.modifiedMs = modifiedMs;
  }

  remove(name: string): void {
    this.check('remove', name);
    this.#live.delete(path.resolve(name));
  }

  removeDirectory(name: string): void {
    const key = path.resolve(name);
    for (const map of [this.#directories, this.#live, this.#durable])
      for (const [one] of map.within(key)) map.delete(one);
  }

  async syncDirectoryAsync(name: string): Promise<void> {
    this.syncDirectory(name);
  }

  syncDirectory(name: string): void {
    this.check('syncDirectory', name);
    if (!this.#rememberSynced) return;
    const key = path.resolve(name);
    for (const [one] of this.#durable.inside(key)) if (!this.#live.has(one)) this.#durable.delete(one);
    for (const [one, inode] of this.#live.inside(key)) this.#durable.set(one, inode);
  }

  diskSpace(): { totalBytes: number; usableBytes: number } {
    return { totalBytes: -1, usableBytes: -1 };
  }

  /** Directories themselves are taken to be durable at once. */
  #renameDirectory(source: string, target: string): void {
    const move = <V>(map: PathMap<V>) => {
      for (const [one, value] of map.within(source)) {
        map.delete(one);
        map.set(target + one.slice(source.length), value);
      }
    };
    move(this.#directories);
    move(this.#live);
    move(this.#durable);
  }
}

/** An empty file system in memory. */
export function memoryFiles(options: { rememberSynced?: boolean } = {}): MemoryFiles {
  return new MemoryFiles(options.rememberSynced ?? false);
}

// An open file in memory, whose calls can be made to fail.
import type { OpenFile } from './files.ts';
import type { Inode } from './memory-inode.ts';

/** The calls that can be made to fail. */
export type FileOperation =
  | 'open'
  | 'read'
  | 'write'
  | 'truncate'
  | 'sync'
  | 'rename'
  | 'remove'
  | 'makeDirectory'
  | 'syncDirectory';

export interface Fault {
  operation: FileOperation;
  /** A system error code: 'ENOSPC', 'EIO', 'EMFILE', … */
  code: string;
  /** Only calls for paths that match. */
  path?: RegExp;
  /** How many calls go well first; default 0. */
  skip?: number;
  /** How many calls fail then; default all. */
  times?: number;
  /** Of a failing write: how many bytes get into the file nevertheless; default 0. */
  partialBytes?: number;
}

/** The file system that a file belongs to. */
export interface FaultSource {
  /** Counts crashes; files opened before one are closed. */
  readonly generation: number;
  faultOf(operation: FileOperation, path: string): Fault | undefined;
  /** @throws the system error of a fault that is due */
  check(operation: FileOperation, path: string): void;
  syncInode(inode: Inode, path: string): void;
}

export class MemoryFile implements OpenFile {
  readonly #files: FaultSource;
  readonly #path: string;
  readonly #inode: Inode;
  readonly #generation: number;

  constructor(files: FaultSource, name: string, inode: Inode) {
    this.#files = files;
    this.#path = name;
    this.#inode = inode;
    this.#generation = files.generation;
  }

  size(): number {
    return this.#alive().size;
  }

  read(target: Buffer, position: number): number {
    this.#files.check('read', this.#path);
    return this.#alive().read(target, position);
  }

  async readAsync(target: Buffer, position: number): Promise<number> {
    return this.read(target, position);
  }

  write(data: Buffer, position: number): void {
    const inode = this.#alive();
    const fault = this.#files.faultOf('write', this.#path);
    inode.write(fault === undefined ? data : data.subarray(0, fault.partialBytes ?? 0), position);
    inode.modifiedMs = Date.now();
    if (fault !== undefined) throw systemError(fault.code, 'write', this.#path);
  }

  truncate(size: number): void {
    this.#files.check('truncate', this.#path);
    this.#alive().truncate(size);
  }

  reserve(): void {}

  sync(): void {
    this.#files.check('sync', this.#path);
    this.#files.syncInode(this.#alive(), this.#path);
  }

  async syncAsync(): Promise<void> {
    this.sync();
  }

  close(): void {}

  /** A process that was killed writes no more. */
  #alive(): Inode {
    if (this.#generation !== this.#files.generation) throw systemError('EBADF', 'access', this.#path);
    return this.#inode;
  }
}

export function systemError(code: string, call: string, name: string): NodeJS.ErrnoException {
  return Object.assign(new Error(`${code}: ${call} '${name}'`), { code, syscall: call, path: name });
}

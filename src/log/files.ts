// The file system as an interface, so that the log can live in memory and tests can break any single call. The only
// module of the log that knows node:fs. Failures are Node's system errors (`code` is 'ENOSPC', 'EIO', …).
import fs from 'node:fs';
import path from 'node:path';

/** An open file; positions and sizes in bytes. */
export interface OpenFile {
  size(): number;
  /** Fills `target` from `position` on, as far as the file reaches. Returns the bytes read. */
  read(target: Buffer, position: number): number;
  /** The same without blocking, for data that may have to come from the disk. */
  readAsync(target: Buffer, position: number): Promise<number>;
  /** Writes all of `data`. When it throws, any part of it may have been written. */
  write(data: Buffer, position: number): void;
  truncate(size: number): void;
  /** Has zeros behind the end up to `size`, which take no room where files may have holes; files in memory stay as they are. */
  reserve(size: number): void;
  /** fsync. */
  sync(): void;
  syncAsync(): Promise<void>;
  close(): void;
}

export interface FileInfo {
  size: number;
  modifiedMs: number;
  isDirectory: boolean;
  /** The number of the file in its file system, where it has one. */
  inode?: number;
}

export interface DirectoryEntry {
  name: string;
  isDirectory: boolean;
}

export interface Files {
  /** Opens for reading and writing; a file that is not there is created with `create`, else ENOENT is thrown. */
  open(path: string, options?: { create?: boolean }): OpenFile;
  readFile(path: string): Buffer;
  /** Creates a file with this content in one step; false if it exists already. */
  createExclusive(path: string, content: Buffer): boolean;
  /** undefined if nothing is there. */
  stat(path: string): FileInfo | undefined;
  readDirectory(path: string): DirectoryEntry[];
  /** Creates parents too; nothing happens if the directory exists. */
  makeDirectory(path: string): void;
  rename(from: string, to: string): void;
  /** Sets when a file was written last, in milliseconds. */
  setModified(path: string, modifiedMs: number): void;
  /** Nothing happens if the file is not there. */
  remove(path: string): void;
  /** Removes a directory and all in it; nothing happens if it is not there. */
  removeDirectory(path: string): void;
  /** Makes creations, renames and removals in a directory survive a power loss. */
  syncDirectory(path: string): void;
  syncDirectoryAsync(path: string): Promise<void>;
  /** Of the file system that holds `path`. */
  diskSpace(path: string): { totalBytes: number; usableBytes: number };
}

/** Records and credentials are nobody else's business, on a machine with several users too. */
const OWNER_ONLY = 0o600;

class NodeFile implements OpenFile {
  readonly #fd: number;

  constructor(fd: number) {
    this.#fd = fd;
  }

  size(): number {
    return fs.fstatSync(this.#fd).size;
  }

  read(target: Buffer, position: number): number {
    let done = 0;
    while (done < target.length) {
      const bytes = fs.readSync(this.#fd, target, done, target.length - done, position + done);
      if (bytes === 0) break;
      done += bytes;
    }
    return done;
  }

  async readAsync(target: Buffer, position: number): Promise<number> {
    let done = 0;
    while (done < target.length) {
      const bytes = await this.#readSome(target, done, position + done);
      if (bytes === 0) break;
      done += bytes;
    }
    return done;
  }

  #readSome(target: Buffer, at: number, position: number): Promise<number> {
    return new Promise((resolve, reject) => {
      fs.read(this.#fd, target, at, target.length - at, position, (error, bytes) =>
        error === null ? resolve(bytes) : reject(error),
      );
    });
  }

  write(data: Buffer, position: number): void {
    let done = fs.writeSync(this.#fd, data, 0, data.length, position);
    while (done < data.length) done += fs.writeSync(this.#fd, data, done, data.length - done, position + done);
  }

  truncate(size: number): void {
    fs.ftruncateSync(this.#fd, size);
  }

  reserve(size: number): void {
    if (this.size() < size) this.truncate(size);
  }

  sync(): void {
    fs.fsyncSync(this.#fd);
  }

  syncAsync(): Promise<void> {
    return fsync(this.#fd);
  }

  close(): void {
    fs.closeSync(this.#fd);
  }
}

function fsync(fd: number): Promise<void> {
  return new Promise((resolve, reject) => {
    fs.fsync(fd, (error) => (error === null ? resolve() : reject(error)));
  });
}

// Not `recursive: true`: where nothing can be made, as under /proc, Node 20 tries for ever. Nor stat of what may lie below a
// file: some versions of Node find nothing there, others throw.
function makeDirectory(directory: string): void {
  if (fs.existsSync(directory) && fs.statSync(directory).isDirectory()) return;
  const parent = path.dirname(directory);
  try {
    if (!fs.existsSync(parent)) makeDirectory(parent);
    fs.mkdirSync(directory, { mode: 0o700 });
  } catch (error) {
    throw Object.assign(error as Error, { path: directory });
  }
}

/** Files on disk. */
export const nodeFiles: Files = {
  open(path, options = {}) {
    return new NodeFile(
      fs.openSync(path, fs.constants.O_RDWR | (options.create === true ? fs.constants.O_CREAT : 0), OWNER_ONLY),
    );
  },
  readFile: (path) => fs.readFileSync(path),
  createExclusive(path, content) {
    try {
      fs.writeFileSync(path, content, { flag: 'wx', mode: OWNER_ONLY });
      return true;
    } catch (error) {
      if (errnoOf(error) === 'EEXIST') return false;
      throw error;
    }
  },
  stat(path) {
    const stats = fs.statSync(path, { throwIfNoEntry: false });
    if (stats === undefined) return undefined;
    return { size: stats.size, modifiedMs: stats.mtimeMs, isDirectory: stats.isDirectory(), inode: stats.ino };
  },
  readDirectory: (path) =>
    fs
      .readdirSync(path, { withFileTypes: true })
      .map((entry) => ({ name: entry.name, isDirectory: entry.isDirectory() })),
  makeDirectory,
  rename: (from, to) => fs.renameSync(from, to),
  setModified: (path, modifiedMs) => fs.utimesSync(path, modifiedMs / 1000, modifiedMs / 1000),
  remove: (path) => fs.rmSync(path, { force: true }),
  removeDirectory: (path) => fs.rmSync(path, { force: true, recursive: true }),
  syncDirectory(path) {
    // Windows cannot open a directory, and needs no sync of one.
    if (process.platform === 'win32') return;
    const fd = fs.openSync(path, 'r');
    try {
      fs.fsyncSync(fd);
    } finally {
      fs.closeSync(fd);
    }
  },
  async syncDirectoryAsync(path) {
    if (process.platform === 'win32') return;
    const fd = fs.openSync(path, 'r');
    try {
      await fsync(fd);
    } finally {
      fs.closeSync(fd);
    }
  },
  diskSpace(path) {
    const stats = fs.statfsSync(path);
    return { totalBytes: stats.blocks * stats.bsize, usableBytes: stats.bavail * stats.bsize };
  },
};

/** 'ENOENT' and the like, where `error` is a system error. */
export function errnoOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}

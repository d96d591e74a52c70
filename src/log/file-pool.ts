// Keeps the number of open files bounded: 10,000 partitions have more files than a process may open. A file is opened
// when it is used and closed again when the pool is full and it has not been used for longest (roughly: a second-chance
// list, so that using an open file costs one store).
import type { Files, OpenFile } from './files.ts';

export class PooledFile {
  #path: string;
  readonly #pool: FilePool;
  #handle: OpenFile | undefined;
  /** Reads under way, which need the file open. */
  #pins = 0;
  #closing = false;
  /** Set by every use, cleared by the pool's hand. */
  recentlyUsed = false;

  constructor(pool: FilePool, path: string) {
    this.#pool = pool;
    this.#path = path;
  }

  get path(): string {
    return this.#path;
  }

  get isPinned(): boolean {
    return this.#pins > 0;
  }

  /** The file, open; valid until control goes back to the event loop. */
  get(): OpenFile {
    this.recentlyUsed = true;
    if (this.#handle === undefined) {
      this.#handle = this.#pool.files.open(this.#path, { create: false });
      this.#pool.opened(this);
    }
    return this.#handle;
  }

  /** Keeps the file open until `use` has settled. */
  async pinned<T>(use: (file: OpenFile) => Promise<T>): Promise<T> {
    this.#pins++;
    try {
      return await use(this.get());
    } finally {
      this.#pins--;
      if (this.#pins === 0) this.#unpinned();
    }
  }

  #unpinned(): void {
    if (this.#closing) this.close();
    else this.#pool.trim();
  }

  /** Renames the file; readers under way go on undisturbed. */
  rename(path: string): void {
    this.#pool.files.rename(this.#path, path);
    this.#path = path;
  }

  /** Closes the file as soon as no read is under way. It opens again when it is used again. */
  close(): void {
    this.#closing = this.isPinned;
    if (this.#closing) return;
    this.#handle?.close();
    this.#handle = undefined;
    this.#pool.closed(this);
  }
}

export class FilePool {
  readonly files: Files;
  readonly #maxOpen: number;
  readonly #open = new Set<PooledFile>();

  /** @param maxOpen open files to keep at most; more only while more than that are being read */
  constructor(files: Files, maxOpen: number) {
    this.files = files;
    this.#maxOpen = maxOpen;
  }

  /** A file that exists, or will when it is used. */
  file(path: string): PooledFile {
    return new PooledFile(this, path);
  }

  opened(file: PooledFile): void {
    this.#open.add(file);
    this.trim(file);
  }

  closed(file: PooledFile): void {
    this.#open.delete(file);
  }

  /** Closes files that are not in use, as long as there are too many. */
  trim(except?: PooledFile): void {
    let chances = this.#open.size * 2;
    for (const file of this.#open) {
      if (this.#open.size <= this.#maxOpen || chances-- === 0) return;
      if (file !== except && !file.isPinned && !file.recentlyUsed) {
        file.close();
        continue;
      }
      file.recentlyUsed = false;
      this.#open.delete(file);
      this.#open.add(file);
    }
  }
}

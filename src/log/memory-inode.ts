// The bytes of one file in memory, in pages, so that a file that grows is not copied again and again.

/** Pages of this size are never moved when a file grows. */
const PAGE_BYTES = 1024 * 1024;
const FIRST_PAGE_BYTES = 4096;

export class Inode {
  size = 0;
  modifiedMs = 0;
  #pages: Buffer[] = [];
  /** What a power loss leaves. */
  #synced: Buffer | undefined;

  read(target: Buffer, position: number): number {
    const bytes = Math.max(0, Math.min(target.length, this.size - position));
    this.#eachPage(position, bytes, (page, at, done, length) => page.copy(target, done, at, at + length));
    return bytes;
  }

  write(data: Buffer, position: number): void {
    this.#reserve(position + data.length);
    this.#eachPage(position, data.length, (page, at, done, length) => data.copy(page, at, done, done + length));
    this.size = Math.max(this.size, position + data.length);
  }

  truncate(size: number): void {
    if (size < this.size) {
      this.#eachPage(size, this.size - size, (page, at, _done, length) => page.fill(0, at, at + length));
    }
    this.#reserve(size);
    this.size = size;
  }

  sync(): void {
    this.#synced = this.content();
  }

  content(): Buffer {
    const all = Buffer.allocUnsafe(this.size);
    this.read(all, 0);
    return all;
  }

  /** Back to what was synced last. */
  losePower(): void {
    const synced = this.#synced ?? Buffer.alloc(0);
    this.#pages = [];
    this.size = 0;
    this.write(synced, 0);
  }

  #reserve(size: number): void {
    for (let i = Math.max(0, this.#pages.length - 1); i * PAGE_BYTES < size; i++) {
      const needed = Math.min(PAGE_BYTES, size - i * PAGE_BYTES);
      const page = this.#pages[i];
      if (page !== undefined && page.length >= needed) continue;
      let capacity = page?.length ?? FIRST_PAGE_BYTES;
      while (capacity < needed) capacity *= 2;
      const grown = Buffer.alloc(capacity);
      page?.copy(grown);
      this.#pages[i] = grown;
    }
  }

  #eachPage(
    position: number,
    bytes: number,
    visit: (page: Buffer, at: number, done: number, length: number) => void,
  ): void {
    for (let done = 0; done < bytes; ) {
      const at = (position + done) % PAGE_BYTES;
      const length = Math.min(bytes - done, PAGE_BYTES - at);
      visit(this.#pages[Math.floor((position + done) / PAGE_BYTES)]!, at, done, length);
      done += length;
    }
  }
}

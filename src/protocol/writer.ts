// Writes the primitive types of Kafka's protocol. Large byte fields (record batches) are not copied: the result is a
// list of buffers for one writev.
import { uuidToBytes } from '../util/uuid.ts';

const TWO_32 = 2 ** 32;
// Below this a copy is cheaper than one more element for writev.
const BY_REFERENCE_FROM = 2048;

export class Writer {
  #buf: Buffer;
  #start = 0;
  #pos = 0;
  #chunks: Buffer[] = [];
  #chunkBytes = 0;

  constructor(initialSize = 512) {
    this.#buf = Buffer.allocUnsafe(initialSize);
  }

  /** Bytes written so far. */
  get size(): number {
    return this.#chunkBytes + this.#pos - this.#start;
  }

  #room(size: number): number {
    const at = this.#pos;
    if (at + size > this.#buf.length) {
      const used = at - this.#start;
      const grown = Buffer.allocUnsafe(Math.max(this.#buf.length * 2, used + size + 256));
      this.#buf.copy(grown, 0, this.#start, at);
      this.#buf = grown;
      this.#start = 0;
      this.#pos = used + size;
      return used;
    }
    this.#pos = at + size;
    return at;
  }

  int8(value: number): void {
    const at = this.#room(1);
    this.#buf[at] = value;
  }

  bool(value: boolean): void {
    const at = this.#room(1);
    this.#buf[at] = value ? 1 : 0;
  }

  int16(value: number): void {
    const at = this.#room(2);
    this.#buf[at] = value >> 8;
    this.#buf[at + 1] = value;
  }

  uint16(value: number): void {
    this.int16(value);
  }

  int32(value: number): void {
    const at = this.#room(4);
    this.#buf[at] = value >> 24;
    this.#buf[at + 1] = value >> 16;
    this.#buf[at + 2] = value >> 8;
    this.#buf[at + 3] = value;
  }

  uint32(value: number): void {
    this.int32(value);
  }

  /** Numbers beyond an int64 are clamped: Java's Long.MAX_VALUE rounds up to 2^63 as a number. */
  int64(value: number): void {
    if (value >= 2 ** 63) {
      this.int32(0x7fffffff);
      this.int32(-1);
      return;
    }
    const high = Math.floor(value / TWO_32);
    this.int32(high);
    this.int32((value - high * TWO_32) | 0);
  }

  float64(value: number): void {
    const at = this.#room(8);
    this.#buf.writeDoubleBE(value, at);
  }

  uuid(value: string): void {
    const at = this.#room(16);
    uuidToBytes(value).copy(this.#buf, at);
  }

  uvarint(value: number): void {
    let rest = value;
    while (rest > 0x7f) {
      this.int8((rest & 0x7f) | 0x80);
      rest = Math.floor(rest / 128);
    }
    this.int8(rest);
  }

  #text(value: string, size: number): void {
    const at = this.#room(size);
    this.#buf.write(value, at, size, 'utf8');
  }

  string(value: string | null): void {
    if (value === null) {
      this.int16(-1);
      return;
    }
    const size = checkedStringSize(value);
    this.int16(size);
    this.#text(value, size);
  }

  compactString(value: string | null): void {
    if (value === null) {
      this.uvarint(0);
      return;
    }
    const size = checkedStringSize(value);
    this.uvarint(size + 1);
    this.#text(value, size);
  }

  nullableBytes(value: ByteField | null): void {
    if (value === null) {
      this.int32(-1);
      return;
    }
    this.int32(byteFieldSize(value));
    this.#byteField(value);
  }

  compactBytes(value: ByteField | null): void {
    if (value === null) {
      this.uvarint(0);
      return;
    }
    this.uvarint(byteFieldSize(value) + 1);
    this.#byteField(value);
  }

  #byteField(value: ByteField): void {
    if (Array.isArray(value)) for (const part of value as readonly Buffer[]) this.raw(part);
    else this.raw(value as Buffer);
  }

  /** Bytes as they are; large ones by reference, so they must not change until the result has been sent. */
  raw(bytes: Buffer): void {
    if (bytes.length >= BY_REFERENCE_FROM) {
      this.#cut();
      this.#chunks.push(bytes);
      this.#chunkBytes += bytes.length;
      return;
    }
    const at = this.#room(bytes.length);
    bytes.copy(this.#buf, at);
  }

  #cut(): void {
    if (this.#pos === this.#start) return;
    this.#chunks.push(this.#buf.subarray(this.#start, this.#pos));
    this.#chunkBytes += this.#pos - this.#start;
    this.#start = this.#pos;
  }

  /** Everything written, in order. The writer must not be used afterwards. */
  finish(): Buffer[] {
    this.#cut();
    return this.#chunks;
  }
}

/** A byte field may be given in pieces that are adjacent on the wire (batches of a fetch from several places). */
export type ByteField = Buffer | readonly Buffer[];

export function byteFieldSize(value: ByteField): number {
  if (!Array.isArray(value)) return (value as Buffer).length;
  let size = 0;
  for (const part of value) size += part.length;
  return size;
}

function checkedStringSize(value: string): number {
  const size = Buffer.byteLength(value);
  if (size > 0x7fff) throw new RangeError(`string of ${size} bytes; the protocol allows 32767`);
  return size;
}

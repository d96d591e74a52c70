// Reads the primitive types of Kafka's protocol from one frame. Every read is bounds-checked and nothing is
// allocated from a size that the frame merely claims.
import { uuidFromBytes } from '../util/uuid.ts';

/** The frame does not hold what its schema says; the connection it came from cannot be trusted further. */
export class DecodeError extends Error {
  override name = 'DecodeError';
  /** What Kafka's reader says of it; `null` for an exception without words. */
  readonly kafkaText: string;

  constructor(message: string, kafkaText = message) {
    super(message);
    this.kafkaText = kafkaText;
  }
}

const TWO_32 = 2 ** 32;

export class Reader {
  readonly buf: Buffer;
  pos: number;
  readonly end: number;
  #elementsLeft: number;

  /** @param mostElements of all arrays together: an element of one byte can take a hundred in memory */
  constructor(buf: Buffer, pos = 0, end = buf.length, mostElements = Number.POSITIVE_INFINITY) {
    this.buf = buf;
    this.pos = pos;
    this.end = end;
    this.#elementsLeft = mostElements;
  }

  get remaining(): number {
    return this.end - this.pos;
  }

  #take(size: number): number {
    const at = this.pos;
    if (size > this.end - at) throw new DecodeError(`needs ${size} bytes at ${at}, ${this.end - at} are left`, 'null');
    this.pos = at + size;
    return at;
  }

  #takeArray(size: number): number {
    const left = this.end - this.pos;
    if (size <= left) return this.#take(size);
    const kafkaText = `Error reading byte array of ${size} byte(s): only ${left} byte(s) available`;
    throw new DecodeError(`needs ${size} bytes at ${this.pos}, ${left} are left`, kafkaText);
  }

  int8(): number {
    return this.buf.readInt8(this.#take(1));
  }

  bool(): boolean {
    return this.buf[this.#take(1)] !== 0;
  }

  int16(): number {
    return this.buf.readInt16BE(this.#take(2));
  }

  uint16(): number {
    return this.buf.readUInt16BE(this.#take(2));
  }

  int32(): number {
    return this.buf.readInt32BE(this.#take(4));
  }

  uint32(): number {
    return this.buf.readUInt32BE(this.#take(4));
  }

  /** As a number: exact up to 2^53, which is further than any offset, timestamp or id gets. */
  int64(): number {
    const at = this.#take(8);
    return this.buf.readInt32BE(at) * TWO_32 + this.buf.readUInt32BE(at + 4);
  }

  float64(): number {
    return this.buf.readDoubleBE(this.#take(8));
  }

  uuid(): string {
    return uuidFromBytes(this.buf, this.#take(16));
  }

  /** Unsigned varint of at most 32 bits, five bytes. */
  uvarint(): number {
    let value = 0;
    for (let shift = 0; shift < 35; shift += 7) {
      const byte = this.buf[this.#take(1)]!;
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) {
        if (value >= TWO_32) break;
        return value;
      }
    }
    const hex = (value % TWO_32).toString(16);
    throw new DecodeError(
      `varint at ${this.pos} is longer than 32 bits`,
      `Varint is too long, the most significant bit in the 5th byte is set, converted value: ${hex}`,
    );
  }

  /** A length that is written plus one. Kafka's varints are signed ints: those beyond 2^31 are negative, which is null. */
  #compactLength(): number {
    return (this.uvarint() | 0) - 1;
  }

  /** A view of the next `size` bytes, not a copy. */
  bytes(size: number): Buffer {
    const at = this.#takeArray(size);
    return this.buf.subarray(at, at + size);
  }

  #text(size: number): string {
    const at = this.#takeArray(size);
    return this.buf.toString('utf8', at, at + size);
  }

  /** int16 length, negative for null: -1 by the protocol's guide, any in Kafka's generated readers. */
  string(): string | null {
    const size = this.int16();
    return size < 0 ? null : this.#text(size);
  }

  /** uvarint length + 1, 0 for null. */
  compactString(): string | null {
    const size = this.#compactLength();
    if (size > 0x7fff) throw new DecodeError(`string of ${size} bytes; at most 32767 are allowed`);
    return size < 0 ? null : this.#text(size);
  }

  /** int32 length, negative for null. */
  nullableBytes(): Buffer | null {
    const size = this.int32();
    return size < 0 ? null : this.bytes(size);
  }

  compactBytes(): Buffer | null {
    const size = this.#compactLength();
    return size < 0 ? null : this.bytes(size);
  }

  /** The element count of an array, -1 for null, which is any negative one; refused if it exceeds the bytes left, as every element has at least one. */
  arrayLength(): number {
    const count = this.int32();
    return count < 0 ? -1 : this.#count(count);
  }

  compactArrayLength(): number {
    const count = this.#compactLength();
    return count < 0 ? -1 : this.#count(count);
  }

  /** How many tagged fields follow; they count as elements. */
  tagCount(): number {
    const count = this.uvarint() | 0;
    return count <= 0 ? 0 : this.#count(count, 'null');
  }

  #count(count: number, kafkaText?: string): number {
    const left = this.end - this.pos;
    const refused = `Tried to allocate a collection of size ${count}, but there are only ${left} bytes remaining.`;
    if (count > left) throw new DecodeError(`list of ${count} elements in ${left} bytes`, kafkaText ?? refused);
    this.#elementsLeft -= count;
    if (this.#elementsLeft < 0) throw new DecodeError(`list of ${count} elements, more than one request may have`);
    return count;
  }

  /** Fails for a null where the version does not allow one. */
  required<T>(value: T | null, field: string): T {
    if (value !== null) return value;
    const kafkaText = `non-nullable field ${field.slice(field.lastIndexOf('.') + 1)} was serialized as null`;
    throw new DecodeError(`non-nullable field ${field} was null`, kafkaText);
  }
}

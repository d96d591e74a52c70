// Signed (zig-zag) varints as record fields have them: 32 bits in at most 5 bytes, 64 bits in at most 10
// (org.apache.kafka.common.utils.ByteUtils). The unsigned ones of flexible protocol versions are in ../reader.ts.
const TWO_32 = 2 ** 32;

/** Bytes that {@link writeVarint} takes for an int32. */
export function sizeOfVarint(value: number): number {
  const raw = ((value << 1) ^ (value >> 31)) >>> 0;
  if (raw < 0x80) return 1;
  if (raw < 0x4000) return 2;
  if (raw < 0x20_0000) return 3;
  return raw < 0x1000_0000 ? 4 : 5;
}

/** Bytes that {@link writeVarlong} takes for an integer within ±2^53. */
export function sizeOfVarlong(value: number): number {
  if (value === (value | 0)) return sizeOfVarint(value);
  let raw = value < 0 ? -(value + 1) : value;
  let bits = 1;
  for (; raw >= 1; raw = Math.floor(raw / 2)) bits++;
  return Math.ceil(bits / 7);
}

/** Writes an int32 and returns the position after it; the caller has made room for 5 bytes. */
export function writeVarint(buf: Uint8Array, pos: number, value: number): number {
  let raw = ((value << 1) ^ (value >> 31)) >>> 0;
  let at = pos;
  while (raw > 0x7f) {
    buf[at++] = raw | 0x80;
    raw >>>= 7;
  }
  buf[at] = raw;
  return at + 1;
}

/** Writes an integer within ±2^53 and returns the position after it; the caller has made room for 10 bytes. */
export function writeVarlong(buf: Uint8Array, pos: number, value: number): number {
  if (value === (value | 0)) return writeVarint(buf, pos, value);
  const sign = value < 0 ? 1 : 0;
  // Doubling could leave the exact range of a number, so the lowest group (6 bits and the sign) goes first.
  let rest = sign === 1 ? -(value + 1) : value;
  let at = pos;
  buf[at++] = ((rest % 64) * 2) | sign | 0x80;
  rest = Math.floor(rest / 64);
  while (rest > 0x7f) {
    buf[at++] = (rest % 128) | 0x80;
    rest = Math.floor(rest / 128);
  }
  buf[at] = rest;
  return at + 1;
}

/** The next byte lies behind the end: what Kafka knows as BufferUnderflowException. The reader of records words it. */
export class VarintUnderflow extends Error {
  override name = 'VarintUnderflow';
}

/** More bytes than the type allows, with Kafka's message (an IllegalArgumentException there). */
export class VarintOverflow extends Error {
  override name = 'VarintOverflow';
}

/** Reads varints one after the other. `pos` moves; nothing at or behind `end` is read. */
export class VarintCursor {
  readonly buf: Uint8Array;
  pos: number;
  end: number;

  constructor(buf: Uint8Array, pos = 0, end = buf.length) {
    this.buf = buf;
    this.pos = pos;
    this.end = Math.min(end, buf.length);
  }

  #byte(): number {
    if (this.pos >= this.end) throw new VarintUnderflow();
    return this.buf[this.pos++]!;
  }

  /**
   * An int32. Like Kafka, bits beyond the 32nd in a fifth byte are dropped.
   * @throws VarintOverflow after a fifth byte that announces a sixth; VarintUnderflow at the end
   */
  varint(): number {
    let byte = this.#byte();
    let raw = byte & 0x7f;
    for (let shift = 7; byte > 0x7f; shift += 7) {
      byte = this.#byte();
      raw |= (byte & 0x7f) << shift;
      if (shift === 28 && byte > 0x7f) throw tooLong('Varint', 5, raw);
    }
    return (raw >>> 1) ^ -(raw & 1);
  }

  /**
   * An int64, exact within ±2^53.
   * @throws VarintOverflow after a tenth byte that announces another; VarintUnderflow at the end
   */
  varlong(): number {
    const start = this.pos;
    // Four bytes hold 27 bits and the sign: every timestamp delta up to 37 hours.
    let raw = 0;
    for (let shift = 0; shift < 28; shift += 7) {
      const byte = this.#byte();
      raw |= (byte & 0x7f) << shift;
      if (byte < 0x80) return (raw >>> 1) ^ -(raw & 1);
    }
    this.pos = start;
    return this.#longVarlong();
  }

  #longVarlong(): number {
    let low = 0;
    let high = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = this.#byte();
      const bits = byte & 0x7f;
      if (shift < 32) low |= bits << shift;
      if (shift > 31) high |= bits << (shift - 32);
      else if (shift === 28) high |= bits >>> 4;
      if (byte < 0x80) break;
      if (shift === 63) throw tooLong('Varlong', 10, (high >>> 0) * TWO_32 + (low >>> 0));
    }
    const mask = -(low & 1);
    const evenLow = ((low >>> 1) | (high << 31)) ^ mask;
    return ((high >>> 1) ^ mask) * TWO_32 + (evenLow >>> 0);
  }
}

/** What a stream that is at its end reads as: bytes of -1. */
export const endlessVarint = (): VarintOverflow => tooLong('Varint', 5, -1);

function tooLong(what: string, bytes: number, value: number): VarintOverflow {
  const nth = bytes === 5 ? '5th' : '10th';
  const hex = (value < 0 ? value >>> 0 : value).toString(16);
  const text = `${what} is too long, the most significant bit in the ${nth} byte is set, converted value: ${hex}`;
  return new VarintOverflow(text);
}

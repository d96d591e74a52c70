// Big-endian int64 as a number at a place in a buffer: exact within ±2^53.

const TWO_32 = 2 ** 32;

export function readInt64(buf: Buffer, pos: number): number {
  return buf.readInt32BE(pos) * TWO_32 + buf.readUInt32BE(pos + 4);
}

export function writeInt64(buf: Buffer, pos: number, value: number): void {
  const high = Math.floor(value / TWO_32);
  buf.writeInt32BE(high, pos);
  buf.writeUInt32BE(value - high * TWO_32, pos + 4);
}

/** An int64: a number where that is exact, else a bigint, which no intact file has. */
export type Long = number | bigint;

export function readLong(buf: Buffer, pos: number): Long {
  const value = readInt64(buf, pos);
  return Number.isSafeInteger(value) ? value : buf.readBigInt64BE(pos);
}

/** The sum as Java makes it, in 64 bits. */
export function addLong(value: Long, other: number): Long {
  const sum = Number(value) + other;
  return Number.isSafeInteger(sum) ? sum : BigInt.asIntN(64, BigInt(value) + BigInt(other));
}

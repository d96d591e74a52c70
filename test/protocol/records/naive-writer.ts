// A second writer of record batches, slow and plain, that shares no code with the one under test: BigInt arithmetic,
// arrays of bytes, a CRC bit by bit. Tests take their expected bytes from here.

export interface NaiveRecord {
  offsetDelta?: number;
  timestampDelta?: number | bigint;
  key: Uint8Array | null;
  value: Uint8Array | null;
  headers?: readonly { key: string; value: Uint8Array | null }[];
}

export interface NaiveBatch {
  baseOffset?: number | bigint;
  leaderEpoch?: number;
  magic?: number;
  attributes?: number;
  lastOffsetDelta?: number;
  baseTimestamp?: number | bigint;
  maxTimestamp?: number | bigint;
  producerId?: number | bigint;
  producerEpoch?: number;
  baseSequence?: number;
  count?: number;
  /** In place of `records`: what follows the header. */
  payload?: Uint8Array;
  records?: NaiveRecord[];
}

/** Big-endian two's complement. */
export function int(value: number | bigint, bytes: number): number[] {
  const unsigned = BigInt.asUintN(bytes * 8, BigInt(value));
  return Array.from({ length: bytes }, (_, i) => Number((unsigned >> BigInt(8 * (bytes - 1 - i))) & 0xffn));
}

/** Zig-zag varint of an int64 (of an int32 too: the encodings agree). */
export function varint(value: number | bigint): number[] {
  const n = BigInt(value);
  return uvarint(BigInt.asUintN(64, (n << 1n) ^ (n < 0n ? -1n : 0n)));
}

export function uvarint(value: bigint): number[] {
  const low = Number(value & 0x7fn);
  return value < 0x80n ? [low] : [low | 0x80, ...uvarint(value >> 7n)];
}

function sized(bytes: Uint8Array | null): number[] {
  return bytes === null ? varint(-1) : [...varint(bytes.length), ...bytes];
}

/** A record with its length in front. */
export function record(r: NaiveRecord, index = 0): number[] {
  const headers = r.headers ?? [];
  return withLength([
    0,
    ...varint(r.timestampDelta ?? 0),
    ...varint(r.offsetDelta ?? index),
    ...sized(r.key),
    ...sized(r.value),
    ...varint(headers.length),
    ...headers.flatMap((h) => [...sized(Buffer.from(h.key)), ...sized(h.value)]),
  ]);
}

export function withLength(body: number[]): number[] {
  return [...varint(body.length), ...body];
}

export function crcBitByBit(bytes: Iterable<number>): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0x82f63b78 : crc >>> 1;
  }
  return (crc ^ 0xffffffff) >>> 0;
}

export function naiveBatch(b: NaiveBatch): Buffer {
  const records = b.records ?? [];
  const payload = b.payload ?? records.flatMap((r, i) => record(r, i));
  const summed = [
    ...int(b.attributes ?? 0, 2),
    ...int(b.lastOffsetDelta ?? Math.max(records.length - 1, 0), 4),
    ...int(b.baseTimestamp ?? 0, 8),
    ...int(b.maxTimestamp ?? 0, 8),
    ...int(b.producerId ?? -1, 8),
    ...int(b.producerEpoch ?? -1, 2),
    ...int(b.baseSequence ?? -1, 4),
    ...int(b.count ?? records.length, 4),
    ...payload,
  ];
  const rest = [...int(b.leaderEpoch ?? -1, 4), b.magic ?? 2, ...int(crcBitByBit(summed), 4), ...summed];
  return Buffer.from([...int(b.baseOffset ?? 0, 8), ...int(rest.length, 4), ...rest]);
}

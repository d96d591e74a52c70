// DER (X.690), as much of it as certificates and key stores use: tags of one byte. Read is BER, whose lengths may be left open.

export const Tag = {
  BOOLEAN: 0x01,
  INTEGER: 0x02,
  BIT_STRING: 0x03,
  OCTET_STRING: 0x04,
  NULL: 0x05,
  OID: 0x06,
  UTF8_STRING: 0x0c,
  PRINTABLE_STRING: 0x13,
  T61_STRING: 0x14,
  IA5_STRING: 0x16,
  UTC_TIME: 0x17,
  GENERALIZED_TIME: 0x18,
  UNIVERSAL_STRING: 0x1c,
  BMP_STRING: 0x1e,
  SEQUENCE: 0x30,
  SET: 0x31,
} as const;

/** `[n]` with a constructed content: `EXPLICIT` tags, and implicit ones of sequences. */
export const context = (n: number): number => 0xa0 | n;

export interface DerNode {
  readonly tag: number;
  readonly content: Buffer;
  /** With tag and length. */
  readonly bytes: Buffer;
}

/** Bytes are no DER, or not of the expected shape. */
export class DerError extends Error {
  override name = 'DerError';
}

/** The first node of `bytes`; what follows it is not looked at. @throws DerError */
export function readDer(bytes: Buffer): DerNode {
  const first = bytes[1];
  if (first === undefined) throw new DerError('it ends too early');
  if (first === 0x80) return readOpenEnded(bytes);
  const lengthBytes = first < 0x80 ? 0 : first & 0x7f;
  if (lengthBytes > 4) throw new DerError('it is not DER');
  if (bytes.length < 2 + lengthBytes) throw new DerError('it ends too early');
  const length = lengthBytes === 0 ? first : bytes.readUIntBE(2, lengthBytes);
  const start = 2 + lengthBytes;
  if (bytes.length < start + length) throw new DerError('it ends too early');
  return { tag: bytes[0]!, content: bytes.subarray(start, start + length), bytes: bytes.subarray(0, start + length) };
}

const MOST_NESTED = 32;

/** A node that goes on until two zeros stand where another would begin. */
function readOpenEnded(bytes: Buffer, depth = 0): DerNode {
  if (depth > MOST_NESTED) throw new DerError('it is nested too deeply');
  let at = 2;
  while (bytes[at] !== 0 || bytes[at + 1] !== 0) {
    const rest = bytes.subarray(at);
    at += (rest[1] === 0x80 ? readOpenEnded(rest, depth + 1) : readDer(rest)).bytes.length;
  }
  return { tag: bytes[0]!, content: bytes.subarray(2, at), bytes: bytes.subarray(0, at + 2) };
}

/** The nodes within a constructed one. @throws DerError */
export function childrenOf({ content }: Pick<DerNode, 'content'>): DerNode[] {
  const nodes: DerNode[] = [];
  for (let rest = content; rest.length > 0; ) {
    const node = readDer(rest);
    nodes.push(node);
    rest = rest.subarray(node.bytes.length);
  }
  return nodes;
}

/** A node that has to be there. @throws DerError */
export function expectNode(node: DerNode | undefined, tag?: number): DerNode {
  if (node === undefined || (tag !== undefined && node.tag !== tag)) throw new DerError('it has another structure');
  return node;
}

/** `1.2.840.113549.1.1.1` */
export function readOid(node: DerNode | undefined): string {
  const arcs: bigint[] = [];
  let arc = 0n;
  for (const byte of expectNode(node, Tag.OID).content) {
    arc = (arc << 7n) | BigInt(byte & 0x7f);
    if (byte < 0x80) {
      arcs.push(arc);
      arc = 0n;
    }
  }
  const [first = 0n, ...rest] = arcs;
  const top = first < 80n ? first / 40n : 2n;
  return [top, first - top * 40n, ...rest].join('.');
}

/** An INTEGER that fits into a number, such as a version or a count. @throws DerError */
export function readSmallInteger(node: DerNode | undefined): number {
  const { content } = expectNode(node, Tag.INTEGER);
  if (content.length === 0 || content.length > 6) throw new DerError('a number in it is too large');
  return content.readIntBE(0, content.length);
}

/** A string of any of the types that names are written in; undefined for another tag. */
export function readString({ tag, content }: DerNode): string | undefined {
  switch (tag) {
    case Tag.UTF8_STRING:
      return content.toString('utf8');
    case Tag.PRINTABLE_STRING:
    case Tag.IA5_STRING:
    case Tag.T61_STRING:
      return content.toString('latin1');
    case Tag.BMP_STRING:
      return Buffer.from(content.subarray(0, content.length & ~1))
        .swap16()
        .toString('utf16le');
    case Tag.UNIVERSAL_STRING:
      return String.fromCodePoint(
        ...Array.from({ length: content.length >> 2 }, (_, i) => content.readUInt32BE(i * 4)),
      );
    default:
      return undefined;
  }
}

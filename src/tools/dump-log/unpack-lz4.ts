// An LZ4 frame that may be damaged, as org.apache.kafka.common.compress.Lz4BlockInputStream reads it: block after block.
import { decompress } from '../../protocol/records/compression.ts';
import { JavaException } from '../java-exception.ts';
import { IO_EXCEPTION, type Unpacked, unopened } from './unpacked.ts';

const LZ4 = 3;
const MAGIC = 0x184d2204;
const HEADER_BYTES = 7;
const NOT_COMPRESSED = 0x80000000;
const CHECKSUM_AT = 6;
/** Independent blocks, and no sums or sizes. */
const FLAGS = 0x60;
/** Of a header with these flags, by the byte that says the size of blocks. */
const CHECKSUMS: ReadonlyMap<number, number> = new Map([
  [0x40, 0x82],
  [0x50, 0xfb],
  [0x60, 0x51],
  [0x70, 0x73],
]);
const END_MARK = Buffer.alloc(4);
const ENDED = 'Stream ended prematurely';

/** Of a frame that does not end as one: the blocks up to there. @throws JavaException for a header that is none */
export function unpackLz4(bytes: Buffer): Unpacked {
  const unusable = wrongHeader(bytes);
  if (unusable) throw unusable;
  const { end, problem } = wholeBlocks(bytes, 64 * 1024 * 4 ** (((bytes[5]! >> 4) & 7) - 4));
  try {
    const records = decompress(LZ4, Buffer.concat([bytes.subarray(0, end), END_MARK]));
    return { records, behind: new JavaException(IO_EXCEPTION, problem) };
  } catch {
    return { records: Buffer.alloc(0), behind: new JavaException(IO_EXCEPTION, 'net.jpountz.lz4.LZ4Exception') };
  }
}

function wholeBlocks(bytes: Buffer, most: number): { end: number; problem: string } {
  for (let at = HEADER_BYTES; ; ) {
    if (at + 4 > bytes.length) return { end: at, problem: ENDED };
    const size = bytes.readUInt32LE(at) % NOT_COMPRESSED;
    if (size > most) return { end: at, problem: `Block size ${size} exceeded max: ${most}` };
    if (size === 0 || at + 4 + size > bytes.length) return { end: at, problem: ENDED };
    at += 4 + size;
  }
}

/** Lz4BlockInputStream.readHeader, with the checksum of the header where that has Kafka's flags. */
function wrongHeader(bytes: Buffer): JavaException | undefined {
  if (bytes.length < 6) return unopened(IO_EXCEPTION, ENDED);
  if (bytes.readUInt32LE(0) !== MAGIC) return unopened(IO_EXCEPTION, 'Stream unsupported (invalid magic bytes)');
  const [flags, block] = [bytes[4]!, bytes[5]!];
  const refused = (text: string) => unopened('java.lang.RuntimeException', text);
  if ((flags & 0x03) !== 0) return refused('Reserved bits must be 0');
  if ((flags & 0x20) === 0) return refused('Dependent block stream is unsupported');
  if (flags >> 6 !== 1) return refused(`Version ${flags >> 6} is unsupported`);
  const size = (block >> 4) & 7;
  if ((block & 0x0f) !== 0) return refused('Reserved2 field must be 0');
  if (size < 4) return refused('Block size value must be between 4 and 7');
  if (block >> 7 === 1) return refused('Reserved3 field must be 0');
  const isWrong = flags === FLAGS && bytes[CHECKSUM_AT] !== CHECKSUMS.get(block);
  return isWrong ? unopened(IO_EXCEPTION, 'Stream frame descriptor corrupted') : undefined;
}

/** A frame of format 0, whose header has a sum that was made wrongly and that nobody looks at (KAFKA-3160), with the right one. */
export function withRightChecksum(frame: Buffer): Buffer {
  const right = frame.length > CHECKSUM_AT && frame[4] === FLAGS ? CHECKSUMS.get(frame[5]!) : undefined;
  if (right === undefined) return frame;
  const copy = Buffer.from(frame);
  copy[CHECKSUM_AT] = right;
  return copy;
}

// A gzip stream that may be damaged, as java.util.zip.GZIPInputStream reads it: header, data, and the trailer behind the last byte.
import { crc32, type Inflated, inflateUpTo } from '../../protocol/records/codecs/inflate.ts';
import { JavaException } from '../java-exception.ts';
import { END_OF_FILE, type Unpacked, unopened } from './unpacked.ts';

const ZIP_EXCEPTION = 'java.util.zip.ZipException';

const MAGIC = 0x8b1f;
const DEFLATE = 8;
/** Magic, method, flags, time, extra flags and operating system. */
const FIXED_HEADER_BYTES = 10;
const TRAILER_BYTES = 8;
const FLAG = { headerCrc: 2, extra: 4, name: 8, comment: 16 } as const;

/** @throws JavaException for a header that is none */
export function unpackGzip(bytes: Buffer): Unpacked {
  const data = bytes.subarray(headerBytes(bytes));
  let inflated: Inflated;
  try {
    inflated = inflateUpTo(data);
  } catch (error) {
    return { records: Buffer.alloc(0), behind: new JavaException(ZIP_EXCEPTION, (error as Error).message) };
  }
  const { data: records, consumed } = inflated;
  const trailer = data.subarray(consumed);
  return { records, behind: wrongTrailer(trailer, records) };
}

function wrongTrailer(trailer: Buffer, data: Buffer): JavaException | undefined {
  if (trailer.length < TRAILER_BYTES) return new JavaException(END_OF_FILE);
  const isRight = trailer.readUInt32LE(0) === crc32(data) && trailer.readUInt32LE(4) === data.length % 2 ** 32;
  return isRight ? undefined : new JavaException(ZIP_EXCEPTION, 'Corrupt GZIP trailer');
}

function headerBytes(bytes: Buffer): number {
  const zip = (text: string) => unopened(ZIP_EXCEPTION, text);
  if (bytes.length < 2) throw ended();
  if (bytes.readUInt16LE(0) !== MAGIC) throw zip('Not in GZIP format');
  if (bytes.length < 3) throw ended();
  if (bytes[2] !== DEFLATE) throw zip('Unsupported compression method');
  if (bytes.length < FIXED_HEADER_BYTES) throw ended();
  const flags = bytes[3]!;
  let at = FIXED_HEADER_BYTES;
  if (flags & FLAG.extra) {
    if (bytes.length < at + 2) throw ended();
    at += 2 + bytes.readUInt16LE(at);
  }
  for (const flag of [FLAG.name, FLAG.comment]) if (flags & flag) at = behindText(bytes, at);
  if (flags & FLAG.headerCrc) {
    if (bytes.length < at + 2) throw ended();
    if ((crc32(bytes.subarray(0, at)) & 0xffff) !== bytes.readUInt16LE(at)) throw zip('Corrupt GZIP header');
    at += 2;
  }
  if (at > bytes.length) throw ended();
  return at;
}

/** Behind the zero that ends a text. */
function behindText(bytes: Buffer, at: number): number {
  const end = bytes.indexOf(0, at);
  if (end < 0) throw ended();
  return end + 1;
}

const ended = (): JavaException => unopened(END_OF_FILE);

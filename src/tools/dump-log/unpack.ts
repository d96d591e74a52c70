// Compressed records that may be damaged: how far they can be read, and what Kafka says where it goes no further.
import { decompress } from '../../protocol/records/compression.ts';
import { JavaException } from '../java-exception.ts';
import { unpackGzip } from './unpack-gzip.ts';
import { unpackLz4 } from './unpack-lz4.ts';
import { IO_EXCEPTION, type Unpacked, unopened } from './unpacked.ts';

const [GZIP, SNAPPY, LZ4] = [1, 2, 3];

/** The codec has to be loaded. @throws JavaException where the stream cannot be opened */
export function unpack(codec: number, bytes: Buffer): Unpacked {
  try {
    return { records: decompress(codec, bytes), behind: undefined };
  } catch (error) {
    if (codec === GZIP) return unpackGzip(bytes);
    if (codec === LZ4) return unpackLz4(bytes);
    const unusable = codec === SNAPPY ? notSnappy(bytes) : undefined;
    if (unusable) throw unusable;
    return { records: Buffer.alloc(0), behind: streamError(codec, error as Error) };
  }
}

/** What Java's libraries say of data that they do not understand, as far as it is known here. */
function streamError(codec: number, { message }: Error): JavaException {
  if (codec !== SNAPPY) return new JavaException('com.github.luben.zstd.ZstdIOException', 'Data corruption detected');
  return new JavaException(IO_EXCEPTION, /length|block of/.test(message) ? 'failed to read chunk' : UNCOMPRESSIBLE);
}

const UNCOMPRESSIBLE = 'FAILED_TO_UNCOMPRESS(5)';
const XERIAL_MAGIC = Buffer.from([0x82, 0x53, 0x4e, 0x41, 0x50, 0x50, 0x59, 0x00]);
const XERIAL_HEADER_BYTES = 16;

/** Without the header of Java's streams everything is one block, which is read at once. */
function notSnappy(bytes: Buffer): JavaException | undefined {
  const framed = bytes.length >= XERIAL_HEADER_BYTES && bytes.subarray(0, XERIAL_MAGIC.length).equals(XERIAL_MAGIC);
  return framed ? undefined : unopened(IO_EXCEPTION, UNCOMPRESSIBLE);
}

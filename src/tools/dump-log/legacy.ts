// Records of the formats 0 and 1, from before Kafka 0.11 (2017): each stands alone behind its offset and size, or is a wrapper around
// compressed ones (org.apache.kafka.common.record.LegacyRecord, AbstractLegacyRecordBatch).
import { type BatchHeader, codecOf, isLogAppendTime, LOG_OVERHEAD } from '../../protocol/records/batch.ts';
import { crc32 } from '../../protocol/records/codecs/inflate.ts';
import { loadCodec } from '../../protocol/records/compression.ts';
import { addLong, type Long, readInt64, readLong } from '../../protocol/records/int64.ts';
import { illegalArgument, JavaException } from '../java-exception.ts';
import { unpack } from './unpack.ts';
import { withRightChecksum } from './unpack-lz4.ts';
import { END_OF_FILE, unopened } from './unpacked.ts';

const AT = { crc: 12, magic: 16, attributes: 17, timestamp: 18 } as const;
const MIN_RECORD_SIZE = 14;
const LZ4 = 3;
/** It came after these formats. */
const ZSTD = 4;

/** The fields of an entry that a batch has as well; {@link codecOf} of its attributes is the entry's. */
export function legacyHeader(entry: Buffer): BatchHeader {
  const magic = entry.readInt8(AT.magic);
  const timestamp = magic === 1 ? readInt64(entry, AT.timestamp) : -1;
  return {
    ...{ baseOffset: readInt64(entry, 0), batchLength: entry.length - LOG_OVERHEAD, partitionLeaderEpoch: -1, magic },
    ...{ crc: entry.readUInt32BE(AT.crc), attributes: entry.readInt8(AT.attributes), lastOffsetDelta: 0 },
    ...{ baseTimestamp: timestamp, maxTimestamp: timestamp },
    ...{ producerId: -1, producerEpoch: -1, baseSequence: -1, count: 1 },
  };
}

export interface LegacyRecord {
  readonly offset: Long;
  readonly magic: number;
  readonly timestampType: 'CreateTime' | 'LogAppendTime' | 'NoTimestampType';
  readonly timestamp: Long;
  readonly crc: number;
  readonly isValid: boolean;
  /** As the file says; below 0 for none. */
  readonly keySize: number;
  readonly valueSize: number;
  readonly contents: LegacyContents;
}

/** @throws JavaException where sizes say more than there is */
interface LegacyContents {
  readonly key: Buffer | null;
  readonly value: Buffer | null;
}

/** An entry without its contents. @throws JavaException for a format that there never was */
export function legacyEntry(entry: Buffer) {
  const magic = entry.readInt8(AT.magic);
  if (magic < 0) throw illegalArgument(`Invalid magic used in LegacyRecord: ${magic}`);
  const attributes = entry.readInt8(AT.attributes);
  const crc = entry.readUInt32BE(AT.crc);
  return {
    ...{ offset: readLong(entry, 0), magic, crc, isValid: crc32(entry.subarray(AT.magic)) === crc },
    ...{ codec: codecOf(attributes), timestampType: timestampTypeOf(magic, attributes) },
    timestamp: magic === 0 ? -1 : readLong(entry, AT.timestamp),
  };
}

function timestampTypeOf(magic: number, attributes: number): LegacyRecord['timestampType'] {
  if (magic === 0) return 'NoTimestampType';
  return isLogAppendTime(attributes) ? 'LogAppendTime' : 'CreateTime';
}

/** The records of an entry: itself, or what is compressed in it. @throws JavaException for what is none */
export async function legacyRecords(entry: Buffer): Promise<LegacyRecord[]> {
  const { codec, magic } = legacyEntry(entry);
  if (codec === ZSTD) throw invalid(`Invalid wrapper compressionType found in legacy deep record iterator ${magic}`);
  const wrapper = wholeRecord(entry);
  if (codec === 0) return [wrapper];
  const { value } = wrapper.contents;
  if (value === null) throw invalid(`Found invalid compressed record set with null value (magic = ${magic})`);
  await loadCodec(codec);
  const inner = innerRecords(codec, codec === LZ4 && magic === 0 ? withRightChecksum(value) : value);
  if (magic === 0) return inner;
  const base = baseOffsetOf(wrapper, inner.at(-1)!);
  return inner.map((record) => ({ ...record, ...appendTime(wrapper), offset: addLong(base, Number(record.offset)) }));
}

/** Records in a wrapper with an append time have that. */
const appendTime = ({ timestampType, timestamp }: LegacyRecord): Partial<LegacyRecord> =>
  timestampType === 'LogAppendTime' ? { timestampType, timestamp } : {};

/** Offsets in a wrapper of format 1 count from 0, and it has that of the last; with 0 it has none (KAFKA-4298). */
function baseOffsetOf(wrapper: LegacyRecord, last: LegacyRecord): Long {
  if (wrapper.offset === 0) return 0;
  if (wrapper.offset < last.offset)
    throw invalid(
      `Found invalid wrapper offset in compressed v1 message set, wrapper offset '${wrapper.offset}' is less than the last inner message offset '${last.offset}' and it is not zero.`,
    );
  return addLong(wrapper.offset, -Number(last.offset));
}

/** @throws JavaException for none, and for what the stream says behind them */
function innerRecords(codec: number, compressed: Buffer): LegacyRecord[] {
  const { records, behind } = unpack(codec, compressed);
  const inner = entriesOf(records).map(wholeRecord);
  if (behind && behind.javaClass !== END_OF_FILE) throw unopened(behind.javaClass, behind.message);
  if (inner.length === 0) throw invalid('Found invalid compressed record set with no inner records');
  return inner;
}

/** The whole entries in a wrapper (AbstractLegacyRecordBatch.DataLogInputStream). */
function entriesOf(bytes: Buffer): Buffer[] {
  const entries: Buffer[] = [];
  for (let at = 0; at + LOG_OVERHEAD <= bytes.length; ) {
    const size = bytes.readInt32BE(at + 8);
    if (size < MIN_RECORD_SIZE)
      throw new JavaException(
        'org.apache.kafka.common.errors.CorruptRecordException',
        `Record size is less than the minimum record overhead (${MIN_RECORD_SIZE})`,
      );
    const end = at + LOG_OVERHEAD + size;
    if (end > bytes.length) break;
    entries.push(bytes.subarray(at, end));
    at = end;
  }
  return entries;
}

const invalid = (message: string): JavaException =>
  new JavaException('org.apache.kafka.common.InvalidRecordException', message);

function wholeRecord(entry: Buffer): LegacyRecord {
  const { codec: _, ...shallow } = legacyEntry(entry);
  const keyAt = shallow.magic === 0 ? AT.timestamp : AT.timestamp + 8;
  const keySize = intAt(entry, keyAt);
  const valueAt = keyAt + 4 + Math.max(keySize, 0);
  const valueSize = intAt(entry, valueAt);
  const contents: LegacyContents = {
    get key() {
      return slice(entry, keyAt + 4, keySize);
    },
    get value() {
      return slice(entry, valueAt + 4, valueSize);
    },
  };
  return { ...shallow, keySize, valueSize, contents };
}

function intAt(entry: Buffer, at: number): number {
  if (at < 0 || at + 4 > entry.length) throw new JavaException('java.lang.IndexOutOfBoundsException');
  return entry.readInt32BE(at);
}

/** Utils.sizeDelimited: a slice of what is left. */
function slice(entry: Buffer, at: number, size: number): Buffer | null {
  if (size < 0) return null;
  const left = entry.length - at;
  if (size > left) throw illegalArgument(`newLimit > capacity: (${size} > ${left})`);
  return entry.subarray(at, at + size);
}

// Batches that are wrong in one way each, and what Kafka 4.3.1 says of them: the messages were compared with what its
// own classes throw (test/interop/records.test.ts does it again wherever there is a JVM).
import { gzipSync } from 'node:zlib';
import type { RecordErrorKind } from '../../../src/protocol/records/error.ts';
import { int, type NaiveBatch, naiveBatch, record, varint, withLength } from './naive-writer.ts';

export interface Corruption {
  name: string;
  batch: Buffer;
  kind: RecordErrorKind;
  message: string;
  /** Class and message, where it is not the exception that belongs to the kind. */
  kafka?: string;
}

const GOOD = { key: Buffer.from('key'), value: Buffer.from('value') };
const OVERFLOW = [0xff, 0xff, 0xff, 0xff, 0xff, 0x01];
const OVERFLOW_MESSAGE =
  'Varint is too long, the most significant bit in the 5th byte is set, converted value: ffffffff';
const EOF = 'Incorrect declared batch size, premature EOF reached';
const STRUCTURE = 'Found invalid record structure';

/** Attributes, timestamp delta, offset delta: what stands before the key. */
const START = [0, 0, 0];
const KEY_VALUE = [...varint(3), ...Buffer.from('key'), ...varint(5), ...Buffer.from('value')];

function uncompressed(payload: number[], batch: NaiveBatch = {}): Buffer {
  return naiveBatch({ count: 1, payload: Buffer.from(payload), ...batch });
}

function gzipped(payload: number[], batch: NaiveBatch = {}): Buffer {
  return naiveBatch({ count: 1, attributes: 1, payload: gzipSync(Buffer.from(payload)), ...batch });
}

function body(...fields: number[][]): number[] {
  return withLength([...START, ...fields.flat()]);
}

function invalid(name: string, batch: Buffer, message: string, kafka?: string): Corruption {
  return { name, batch, kind: 'invalid', message, ...(kafka === undefined ? {} : { kafka }) };
}

const inRecords: Corruption[] = [
  invalid(
    'a record size beyond the batch',
    uncompressed([...varint(100), ...START]),
    'Invalid record size: expected 100 bytes in record payload, but instead the buffer has only 3 remaining bytes.',
  ),
  invalid(
    'a negative record size',
    uncompressed([...varint(-1), ...START, ...KEY_VALUE, 0]),
    'Invalid record size: expected to read -1 bytes in record payload, but instead read 14',
  ),
  invalid(
    'a record larger than its fields',
    uncompressed(body(KEY_VALUE, [0], [1, 2])),
    'Invalid record size: expected to read 16 bytes in record payload, but instead read 14',
  ),
  invalid(
    'a record smaller than its fields',
    uncompressed([...varint(10), ...START, ...KEY_VALUE, 0]),
    'Invalid record size: expected to read 10 bytes in record payload, but instead read 14',
  ),
  invalid(
    'a record size that is no varint',
    uncompressed(OVERFLOW),
    OVERFLOW_MESSAGE,
    `IllegalArgumentException: ${OVERFLOW_MESSAGE}`,
  ),
  invalid('an empty record', uncompressed([0]), STRUCTURE),
  invalid('a timestamp cut off', uncompressed(withLength([0, 0x80])), STRUCTURE),
  invalid('a timestamp that is no varlong', uncompressed(withLength([0, ...Array(11).fill(0xff), 0])), STRUCTURE),
  invalid('a key size that is no varint', uncompressed(body(OVERFLOW)), STRUCTURE),
  invalid('a key beyond the batch', uncompressed(body(varint(4), [1])), STRUCTURE),
  invalid('a key of 2^31 - 1 bytes', uncompressed(body(varint(2 ** 31 - 1), [1])), STRUCTURE),
  invalid('a value beyond the batch', uncompressed(body(varint(-1), varint(4), [1])), STRUCTURE),
];

const inHeaders: Corruption[] = [
  invalid(
    'a negative number of headers',
    uncompressed(body(KEY_VALUE, varint(-1))),
    'Found invalid number of record headers -1',
  ),
  invalid(
    'more headers than bytes',
    uncompressed(body(KEY_VALUE, varint(2 ** 31 - 1), [0])),
    'Found invalid number of record headers. 2147483647 is larger than the remaining size of the buffer',
  ),
  invalid(
    'a null header key',
    uncompressed(body(KEY_VALUE, varint(1), varint(-1), [0])),
    'Invalid negative header key size -1',
  ),
  invalid('a header key beyond the batch', uncompressed(body(KEY_VALUE, varint(1), varint(9), [0])), STRUCTURE),
  invalid('a header value beyond the batch', uncompressed(body(KEY_VALUE, varint(1), [0], varint(9), [0])), STRUCTURE),
];

const inCounts: Corruption[] = [
  invalid(
    'a negative count',
    uncompressed(record(GOOD), { count: -1 }),
    'Found invalid record count -1 in magic v2 batch',
  ),
  invalid('fewer records than counted', uncompressed(record(GOOD), { count: 2 }), EOF),
  invalid('a count of 2^31 - 1', uncompressed(record(GOOD), { count: 2 ** 31 - 1 }), EOF),
  invalid(
    'more records than counted',
    uncompressed([...record(GOOD), ...record(GOOD, 1)]),
    'Incorrect declared batch size, records still remaining in file',
  ),
  invalid(
    'a byte behind the records',
    uncompressed([...record(GOOD), 0]),
    'Incorrect declared batch size, records still remaining in file',
  ),
];

const inCompressed: Corruption[] = [
  invalid(
    'compressed: a record size beyond the data',
    gzipped([...varint(100), ...START]),
    'Invalid record size: expected 100 bytes in record payload, but the record payload reached EOF.',
  ),
  invalid('compressed: a negative record size', gzipped([...varint(-1), ...START, ...KEY_VALUE, 0]), EOF),
  invalid('compressed: a record size that is no varint', gzipped(OVERFLOW), EOF),
  invalid(
    'compressed: a key beyond its record, though not beyond the data',
    gzipped([...body(varint(9)), ...Array(20).fill(0)]),
    STRUCTURE,
  ),
  invalid('compressed: fewer records than counted', gzipped(record(GOOD), { count: 2 }), EOF),
  invalid(
    'compressed: more records than counted',
    gzipped([...record(GOOD), ...record(GOOD, 1)]),
    'Incorrect declared batch size, records still remaining in file',
  ),
];

/** Batches whose header is right, so that reading their records is what fails. */
export const RECORD_CORRUPTIONS = [...inRecords, ...inHeaders, ...inCounts, ...inCompressed];

const whole = naiveBatch({ records: [GOOD], baseTimestamp: 1_700_000_000_000, maxTimestamp: 1_700_000_000_000 });

function patched(pos: number, bytes: number[]): Buffer {
  const copy = Buffer.from(whole);
  copy.set(bytes, pos);
  return copy;
}

function corrupt(name: string, batch: Buffer, message: string): Corruption {
  return { name, batch, kind: 'corrupt', message };
}

const CRC = whole.readUInt32BE(17);

/** What finding and checking a batch refuses, before its records are looked at. */
export const BATCH_CORRUPTIONS: Corruption[] = [
  corrupt(
    'zeros, as a file system leaves them',
    Buffer.alloc(100),
    'Record size 0 is less than the minimum record overhead (14)',
  ),
  corrupt('a negative length', patched(8, int(-1, 4)), 'Record size -1 is less than the minimum record overhead (14)'),
  corrupt(
    'a length too small for a header',
    patched(8, int(48, 4)).subarray(0, 60),
    'Record batch is corrupt (the size 60 is smaller than the minimum allowed overhead 61)',
  ),
  corrupt('magic 3', patched(16, [3]), 'Invalid magic found in record: 3'),
  corrupt('magic -1', patched(16, [0xff]), 'Invalid magic found in record: -1'),
  corrupt('another CRC', patched(17, int(1, 4)), `Record is corrupt (stored crc = 1, computed crc = ${CRC})`),
];

/** `whole`, valid. */
export const VALID_BATCH = whole;

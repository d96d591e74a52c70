// Batches and records of a segment or a snapshot of the metadata log.
import type { OpenFile } from '../../log/files.ts';
import {
  BATCH_OVERHEAD,
  codecOf,
  computeCrc,
  FIELD,
  hasDeleteHorizon,
  isControl,
  isLogAppendTime,
  isTransactional,
  lastSequence,
} from '../../protocol/records/batch.ts';
import { CODEC_NAMES } from '../../protocol/records/compression.ts';
import type { RecordCursor } from '../../protocol/records/cursor.ts';
import { addLong, type Long, readLong } from '../../protocol/records/int64.ts';
import { illegalArgument } from '../java-exception.ts';
import { openBatch, reading } from './batch-records.ts';
import { controlText } from './control-text.ts';
import type { Contents, DecodableRecord } from './decodable.ts';
import type { Decoder } from './decoders.ts';
import {
  type BatchEvent,
  batchStart,
  type DumpEvent,
  type LegacyBatchEvent,
  type RecordEvent,
  type RecordMetadata,
  recordText,
} from './event.ts';
import { type FileBatch, fileBatches, fileText, isLegacy } from './file-batch.ts';
import { type LegacyRecord, legacyEntry, legacyRecords } from './legacy.ts';

const MAX_INT = 2 ** 31 - 1;

const NO_CONTENTS: Contents = { key: undefined, payload: undefined };

export interface LogFileOptions {
  /** Records too. */
  readonly deep: boolean;
  /** Keys and values of records. */
  readonly decoder: Decoder | undefined;
  readonly skipRecordMetadata: boolean;
  /** Bytes of the file to look at. */
  readonly maxBytes: number;
}

/** @param onGap gets offsets that are not consecutive; told only of records, so with `deep` alone */
export async function* dumpRecords(
  file: OpenFile,
  path: string,
  options: LogFileOptions,
  onGap: (last: Long, next: Long) => void,
): AsyncGenerator<Iterable<DumpEvent>> {
  const fileBytes = file.size();
  if (options.maxBytes < 0)
    throw illegalArgument(`Invalid size: ${options.maxBytes} in read from ${fileText(path, fileBytes)}`);
  let valid = 0;
  let last: Long = -1;
  function* told(records: Iterable<FoundRecord>): Generator<DumpEvent> {
    for (const record of records) {
      if (record.offset !== addLong(last, 1)) onGap(last, record.offset);
      last = record.offset;
      yield* recordEvents(record, options);
    }
  }
  for (const batch of fileBatches(file, path, 0, Math.min(fileBytes, options.maxBytes))) {
    yield batchEvents(batch);
    valid = batch.position + batch.size;
    if (options.deep) yield told(await recordsIn(batch));
  }
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (fileBytes > valid && options.maxBytes >= MAX_INT)
    yield [{ type: 'invalid-bytes', count: fileBytes - valid, file: name }];
}

/** A record on its way to its line. */
export interface FoundRecord {
  readonly offset: Long;
  readonly isControl: boolean;
  readonly metadata: RecordMetadata;
  readonly contents: Pick<DecodableRecord, 'key' | 'value'>;
}

/** @throws JavaException for damaged records, also while going through them */
export const recordsIn = async (batch: FileBatch): Promise<Iterable<FoundRecord>> =>
  isLegacy(batch) ? (await legacyRecords(batch.bytes)).map(ofLegacy) : recordsAt(batch, await openBatch(batch));

function* recordsAt(batch: FileBatch, cursor: RecordCursor): Generator<FoundRecord> {
  const control = isControl(batch.header.attributes);
  const timestampOf = batchTimestamps(batch);
  const next = () => cursor.next();
  while (reading(next)) {
    const { timestampType, keySize, valueSize, sequence } = cursor;
    const offset = addLong(batch.baseOffset, cursor.offset);
    const metadata: RecordMetadata = {
      offset,
      timestampType,
      timestamp: timestampOf(cursor),
      keySize: Math.max(keySize, -1),
      valueSize: Math.max(valueSize, -1),
      sequence,
      headerKeys: cursor.headers.map((header) => header.key),
      control: undefined,
    };
    yield { offset, isControl: control, metadata, contents: cursor };
  }
}

function ofLegacy({ magic: _, contents, ...metadata }: LegacyRecord): FoundRecord {
  return { offset: metadata.offset, isControl: false, metadata: { ...metadata, control: undefined }, contents };
}

function batchTimestamps({ headerBytes: bytes, header }: FileBatch): (cursor: RecordCursor) => Long {
  if (isLogAppendTime(header.attributes)) return () => readLong(bytes, FIELD.maxTimestamp);
  const base = readLong(bytes, FIELD.baseTimestamp);
  return ({ timestamp }) => addLong(base, timestamp);
}

/** The line of a record; what was known of it is told before an exception. */
function* recordEvents(record: FoundRecord, options: LogFileOptions): Generator<DumpEvent> {
  const metadata = options.skipRecordMetadata ? undefined : record.metadata;
  const shallow: RecordEvent = { type: 'record', metadata, ...NO_CONTENTS };
  try {
    yield { ...shallow, ...contentsOf(record, options) };
  } catch (error) {
    yield { type: 'unfinished', text: recordText(shallow).slice(0, -1) };
    throw error;
  }
}

function contentsOf(record: FoundRecord, { decoder, skipRecordMetadata }: LogFileOptions): Partial<RecordEvent> {
  const { metadata, contents } = record;
  if (record.isControl)
    return skipRecordMetadata ? {} : { metadata: { ...metadata, control: reading(() => controlText(contents)) } };
  const decodable: DecodableRecord = {
    offset: Number(record.offset),
    hasKey: metadata.keySize >= 0,
    get key() {
      return contents.key;
    },
    get value() {
      return contents.value;
    },
  };
  return decoder?.(decodable) ?? NO_CONTENTS;
}

/** The line of a batch; of one with an unknown codec only its beginning. @throws JavaException for that */
function* batchEvents(batch: FileBatch): Generator<DumpEvent> {
  const event = isLegacy(batch) ? legacyEvent(batch) : batchEvent(batch);
  const codec = codecOf(batch.header.attributes);
  const known = CODEC_NAMES[codec] !== undefined;
  if (!known || batch.header.magic < 0) yield { type: 'unfinished', text: batchStart(event) };
  if (batch.header.magic < 0) legacyEntry(batch.bytes);
  if (!known) throw illegalArgument(`Unknown compression type id: ${codec}`);
  yield event;
}

function batchEvent({ header, baseOffset, lastOffset, position, size, bytes, headerBytes }: FileBatch): BatchEvent {
  const { attributes, count, baseSequence, producerEpoch, partitionLeaderEpoch, crc, magic } = header;
  return {
    type: 'batch',
    ...{ baseOffset, lastOffset, count, baseSequence, lastSequence: lastSequence(header) },
    ...{ producerId: readLong(headerBytes, FIELD.producerId), producerEpoch, partitionLeaderEpoch },
    isTransactional: isTransactional(attributes),
    isControl: isControl(attributes),
    deleteHorizonMs: hasDeleteHorizon(attributes) ? readLong(headerBytes, FIELD.baseTimestamp) : null,
    position,
    timestampType: isLogAppendTime(attributes) ? 'LogAppendTime' : 'CreateTime',
    maxTimestamp: readLong(headerBytes, FIELD.maxTimestamp),
    ...{ size, magic, codec: CODEC_NAMES[codecOf(attributes)] ?? '', crc },
    isValid: size >= BATCH_OVERHEAD && computeCrc(bytes) === crc,
  };
}

function legacyEvent({ header, baseOffset, position, size, bytes }: FileBatch): LegacyBatchEvent {
  const entry = header.magic < 0 ? undefined : legacyEntry(bytes);
  return {
    type: 'legacy-batch',
    ...{ offset: baseOffset, position, timestampType: entry?.timestampType ?? '', size, magic: header.magic },
    maxTimestamp: entry?.timestamp ?? -1,
    codec: CODEC_NAMES[codecOf(header.attributes)] ?? '',
    ...{ crc: header.crc, isValid: entry?.isValid ?? false },
  };
}

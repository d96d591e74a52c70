// Batches and records of a segment or a snapshot of the metadata log.
import type { OpenFile } from '../../log/files.ts';
import { decode } from '../../protocol/codec.ts';
import { Reader } from '../../protocol/reader.ts';
import {
  BATCH_OVERHEAD,
  type BatchHeader,
  batchSizeInBytes,
  codecOf,
  computeCrc,
  hasDeleteHorizon,
  isControl,
  isLogAppendTime,
  isTransactional,
  LOG_OVERHEAD,
  lastOffset,
  lastSequence,
  readBatchHeader,
} from '../../protocol/records/batch.ts';
import { CODEC_NAMES, loadCodec } from '../../protocol/records/compression.ts';
import { ControlType, readControlKey, readEndTxnMarker } from '../../protocol/records/control.ts';
import type { RecordCursor } from '../../protocol/records/cursor.ts';
import { openRecords } from '../../protocol/records/read.ts';
import type { Message } from '../../protocol/schema.ts';
import {
  KRaftVersionRecord,
  LeaderChangeMessage,
  SnapshotFooterRecord,
  SnapshotHeaderRecord,
  VotersRecord,
} from '../../protocol/state/control.ts';
import { JavaException } from '../java-exception.ts';
import { messageJson } from '../message-json.ts';
import type { Contents, Decoder } from './decoders.ts';
import type { BatchEvent, DumpEvent, RecordEvent } from './event.ts';

/** Up to the magic byte: what Kafka reads to know that there is a batch. */
const HEADER_UP_TO_MAGIC = 17;
/** Overhead of a record of the oldest format; nothing is smaller. */
const MIN_RECORD_SIZE = 14;

const MAX_INT = 2 ** 31 - 1;

const NO_CONTENTS: Contents = { key: undefined, payload: undefined };

/** A batch that lies in a file whole. */
export interface FileBatch {
  readonly header: BatchHeader;
  readonly position: number;
  readonly size: number;
  /** Nothing but the batch. */
  readonly bytes: Buffer;
}

/** FileRecords.toString. */
const fileText = (path: string, size: number): string =>
  `FileRecords(size=${size}, file=${path}, start=0, end=${MAX_INT})`;

/** @throws JavaException for a position behind the end (FileRecords.slice) */
export function checkPosition(file: OpenFile, path: string, position: number): void {
  if (position > file.size())
    throw new JavaException(
      'java.lang.IllegalArgumentException',
      `Slice from position ${position} exceeds end position of ${fileText(path, file.size())}`,
    );
}

/** The whole batches of a file between two positions. @throws JavaException for an impossible size (FileLogInputStream) */
export function* fileBatches(file: OpenFile, path: string, from: number, to: number): Generator<FileBatch> {
  const head = Buffer.alloc(HEADER_UP_TO_MAGIC);
  let position = from;
  while (position < to - HEADER_UP_TO_MAGIC) {
    file.read(head, position);
    const length = head.readInt32BE(LOG_OVERHEAD - 4);
    if (length < MIN_RECORD_SIZE)
      throw new JavaException(
        'org.apache.kafka.common.errors.CorruptRecordException',
        `Found record size ${length} smaller than minimum record overhead (${MIN_RECORD_SIZE}) in file ${path}.`,
      );
    const size = batchSizeInBytes(head);
    if (position + size > to) return;
    const bytes = Buffer.alloc(size);
    file.read(bytes, position);
    yield { header: readBatchHeader(bytes), position, size, bytes };
    position += size;
  }
}

export interface LogFileOptions {
  /** Records too. */
  readonly deep: boolean;
  /** Keys and values of records. */
  readonly decoder: Decoder | undefined;
  readonly skipRecordMetadata: boolean;
  /** Bytes of the file to look at. */
  readonly maxBytes: number;
}

/** Two offsets that follow each other with a gap. */
export type Gap = readonly [offset: number, next: number];

/** @param gaps gets what is not consecutive; told only of records, so with `deep` alone */
export async function* dumpRecords(
  file: OpenFile,
  path: string,
  options: LogFileOptions,
  gaps: Gap[],
): AsyncGenerator<DumpEvent> {
  const fileBytes = file.size();
  if (options.maxBytes < 0)
    throw new JavaException(
      'java.lang.IllegalArgumentException',
      `Invalid size: ${options.maxBytes} in read from ${fileText(path, fileBytes)}`,
    );
  let valid = 0;
  let last = -1;
  for (const batch of fileBatches(file, path, 0, Math.min(fileBytes, options.maxBytes))) {
    yield batchEvent(batch);
    valid = batch.position + batch.size;
    if (!options.deep) continue;
    await loadCodec(codecOf(batch.header.attributes));
    const cursor = openRecords(batch.bytes);
    while (cursor.next()) {
      if (cursor.offset !== last + 1) gaps.push([last, cursor.offset]);
      last = cursor.offset;
      const shallow = recordEvent(cursor, batch.header, options);
      let contents: Contents = NO_CONTENTS;
      try {
        if (!isControl(batch.header.attributes)) contents = options.decoder?.(cursor) ?? NO_CONTENTS;
      } catch (error) {
        // What was known of the record is on its line before the exception.
        yield shallow;
        throw error;
      }
      yield { ...shallow, ...contents };
    }
  }
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (fileBytes > valid && options.maxBytes >= MAX_INT)
    yield { type: 'invalid-bytes', count: fileBytes - valid, file: name };
}

function batchEvent({ header, position, size, bytes }: FileBatch): BatchEvent {
  const { attributes, baseOffset, count, baseSequence, producerId, producerEpoch, partitionLeaderEpoch, crc } = header;
  return {
    type: 'batch',
    baseOffset,
    lastOffset: lastOffset(header),
    count,
    baseSequence,
    lastSequence: lastSequence(header),
    producerId,
    producerEpoch,
    partitionLeaderEpoch,
    isTransactional: isTransactional(attributes),
    isControl: isControl(attributes),
    deleteHorizonMs: hasDeleteHorizon(attributes) ? header.baseTimestamp : null,
    position,
    timestampType: isLogAppendTime(attributes) ? 'LogAppendTime' : 'CreateTime',
    maxTimestamp: header.maxTimestamp,
    size,
    codec: CODEC_NAMES[codecOf(attributes)] ?? String(codecOf(attributes)),
    crc,
    isValid: size >= BATCH_OVERHEAD && computeCrc(bytes) === crc,
  };
}

/** A record without its contents. */
function recordEvent(cursor: RecordCursor, { attributes }: BatchHeader, options: LogFileOptions): RecordEvent {
  const control = isControl(attributes);
  const { offset, timestampType, timestamp, keySize, valueSize, sequence } = cursor;
  const metadata = options.skipRecordMetadata
    ? undefined
    : {
        ...{ offset, timestampType, timestamp, keySize, valueSize, sequence },
        headerKeys: cursor.headers.map(({ key }) => key),
        control: control ? controlText(cursor) : undefined,
      };
  return { type: 'record', metadata, ...NO_CONTENTS };
}

const CONTROL_MESSAGES: ReadonlyMap<number, readonly [label: string, message: Message]> = new Map<
  number,
  readonly [string, Message]
>([
  [ControlType.LEADER_CHANGE, ['LeaderChange:', LeaderChangeMessage]],
  [ControlType.SNAPSHOT_HEADER, ['SnapshotHeader', SnapshotHeaderRecord]],
  [ControlType.SNAPSHOT_FOOTER, ['SnapshotFooter', SnapshotFooterRecord]],
  [ControlType.KRAFT_VERSION, ['KRaftVersion', KRaftVersionRecord]],
  [ControlType.KRAFT_VOTERS, ['KRaftVoters', VotersRecord]],
]);

function controlText({ key, value }: RecordCursor): string {
  const { type } = readControlKey(key);
  if (type === ControlType.COMMIT || type === ControlType.ABORT) {
    const { coordinatorEpoch } = readEndTxnMarker(value);
    return `endTxnMarker: ${type === ControlType.COMMIT ? 'COMMIT' : 'ABORT'} coordinatorEpoch: ${coordinatorEpoch}`;
  }
  const known = CONTROL_MESSAGES.get(type);
  if (!known) return `controlType: UNKNOWN(${type})`;
  const [label, message] = known;
  const reader = new Reader(value!);
  const version = Math.min(value!.readInt16BE(0), message.versions[1]);
  return `${label} ${JSON.stringify(messageJson(message, version, decode(message, version, reader)))}`;
}

// What kafka-dump-log finds, piece by piece: as data for --json and as the lines that Kafka's script prints.
import type { Long } from '../../protocol/records/int64.ts';
import type { TimestampType } from '../../protocol/records/record.ts';
import type { LegacyRecord } from './legacy.ts';

/** Offsets, positions and sizes as in the file; times in milliseconds. What is a bigint no intact file has. */
export type DumpEvent =
  | { readonly type: 'file'; readonly file: string }
  | { readonly type: 'log'; readonly startOffset: number }
  | SnapshotEvent
  | BatchEvent
  | LegacyBatchEvent
  | RecordEvent
  | { readonly type: 'offset-index-entry'; readonly offset: number; readonly position: number }
  | { readonly type: 'time-index-entry'; readonly timestamp: Long; readonly offset: number }
  | { readonly type: 'index-empty' | 'index-sane'; readonly file: string }
  | ProducerEvent
  | AbortedTransactionEvent
  | { readonly type: 'invalid-bytes'; readonly count: number; readonly file: string }
  | { readonly type: 'complaint'; readonly text: string }
  /** A line that an exception cut off. */
  | { readonly type: 'unfinished'; readonly text: string };

/** null for the bootstrap snapshot. */
export interface SnapshotEvent {
  readonly type: 'snapshot';
  readonly endOffset: number | null;
  readonly epoch: number | null;
}

export interface ProducerEvent {
  readonly type: 'producer';
  readonly producerId: Long;
  readonly producerEpoch: number;
  readonly coordinatorEpoch: number;
  /** Of its open transaction, null without. */
  readonly startOffset: Long | null;
  readonly lastTimestamp: Long;
  readonly lastBatch: {
    readonly firstSequence: number;
    readonly lastSequence: number;
    readonly lastOffset: Long;
    readonly offsetDelta: number;
    readonly timestamp: Long;
  } | null;
}

export interface AbortedTransactionEvent {
  readonly type: 'aborted-transaction';
  /** Of the format. */
  readonly version: number;
  readonly producerId: Long;
  readonly firstOffset: Long;
  readonly lastOffset: Long;
  readonly lastStableOffset: Long;
}

export interface BatchEvent {
  readonly type: 'batch';
  readonly baseOffset: Long;
  readonly lastOffset: Long;
  readonly count: number;
  readonly baseSequence: number;
  readonly lastSequence: number;
  readonly producerId: Long;
  readonly producerEpoch: number;
  readonly partitionLeaderEpoch: number;
  readonly isTransactional: boolean;
  readonly isControl: boolean;
  /** null without. */
  readonly deleteHorizonMs: Long | null;
  readonly position: number;
  readonly timestampType: TimestampType;
  readonly maxTimestamp: Long;
  readonly size: number;
  readonly magic: number;
  readonly codec: string;
  readonly crc: number;
  readonly isValid: boolean;
}

/** An entry of the formats before 2. */
export interface LegacyBatchEvent extends Pick<BatchEvent, 'position' | 'maxTimestamp' | 'size' | 'magic' | 'codec'> {
  readonly type: 'legacy-batch';
  readonly offset: Long;
  /** Empty for a format that there never was. */
  readonly timestampType: LegacyRecord['timestampType'] | '';
  readonly crc: number;
  readonly isValid: boolean;
}

interface RecordFields {
  readonly offset: Long;
  readonly timestamp: Long;
  readonly keySize: number;
  readonly valueSize: number;
  /** What a control record says. */
  readonly control: string | undefined;
}

/** What is told of a record beside its contents: of one in a batch, and of one of the formats before those. */
export type RecordMetadata = RecordFields &
  (
    | { readonly timestampType: TimestampType; readonly sequence: number; readonly headerKeys: readonly string[] }
    | Pick<LegacyRecord, 'timestampType' | 'isValid' | 'crc'>
  );

export interface RecordEvent {
  readonly type: 'record';
  /** Undefined with --skip-record-metadata. */
  readonly metadata: RecordMetadata | undefined;
  readonly key: string | undefined;
  readonly payload: string | undefined;
}

/** The lines of an event, with the newline at the end; complaints go to standard error. */
export function eventText(event: DumpEvent): string {
  switch (event.type) {
    case 'file':
      return `Dumping ${event.file}\n`;
    case 'log':
      return `Log starting offset: ${event.startOffset}\n`;
    case 'snapshot':
      return event.endOffset === null
        ? 'KRaft bootstrap snapshot\n'
        : `Snapshot end offset: ${event.endOffset}, epoch: ${event.epoch}\n`;
    case 'batch':
    case 'legacy-batch':
      return batchText(event);
    case 'record':
      return recordText(event);
    case 'offset-index-entry':
      return `offset: ${event.offset} position: ${event.position}\n`;
    case 'time-index-entry':
      return `timestamp: ${event.timestamp} offset: ${event.offset}\n`;
    case 'index-empty':
      return `${event.file} is empty.\n`;
    case 'index-sane':
      return `${event.file} passed sanity check.\n`;
    case 'invalid-bytes':
      return `Found ${event.count} invalid bytes at the end of ${event.file}\n`;
    case 'producer':
      return producerText(event);
    case 'aborted-transaction':
      return abortedText(event);
    case 'unfinished':
      return event.text;
    default:
      return `${event.text}\n`;
  }
}

/**
 * An event as --json prints it: a record has its place, unless it is left out, and contents side by side. undefined for half a line.
 */
export function eventDocument(event: DumpEvent): object | undefined {
  if (event.type === 'unfinished') return undefined;
  if (event.type !== 'record') return event;
  const { type, metadata, key, payload } = event;
  return {
    type,
    ...metadata,
    ...(metadata && { control: metadata.control ?? null }),
    key: key ?? null,
    payload: payload ?? null,
  };
}

const optionalLong = (value: Long | null): string => (value === null ? 'OptionalLong.empty' : `OptionalLong[${value}]`);

function producerText({ producerId, producerEpoch, coordinatorEpoch, ...rest }: ProducerEvent): string {
  const { startOffset, lastTimestamp, lastBatch: last } = rest;
  const producer = `producerId: ${producerId} producerEpoch: ${producerEpoch} coordinatorEpoch: ${coordinatorEpoch} currentTxnFirstOffset: ${optionalLong(startOffset)} lastTimestamp: ${lastTimestamp}`;
  const batch = last
    ? ` firstSequence: ${last.firstSequence} lastSequence: ${last.lastSequence} lastOffset: ${last.lastOffset} offsetDelta: ${last.offsetDelta} timestamp: ${last.timestamp}`
    : '';
  return `${producer}${batch}\n`;
}

const abortedText = (aborted: AbortedTransactionEvent): string =>
  `version: ${aborted.version} producerId: ${aborted.producerId} firstOffset: ${aborted.firstOffset} lastOffset: ${aborted.lastOffset} lastStableOffset: ${aborted.lastStableOffset}\n`;

/** What is told of a batch before its codec is looked up. */
export function batchStart(batch: BatchEvent | LegacyBatchEvent): string {
  if (batch.type === 'legacy-batch') return `offset: ${batch.offset}`;
  const horizon = optionalLong(batch.deleteHorizonMs);
  const producer = `producerId: ${batch.producerId} producerEpoch: ${batch.producerEpoch}`;
  const sequences = `baseSequence: ${batch.baseSequence} lastSequence: ${batch.lastSequence}`;
  const offsets = `baseOffset: ${batch.baseOffset} lastOffset: ${batch.lastOffset} count: ${batch.count}`;
  const flags = `isTransactional: ${batch.isTransactional} isControl: ${batch.isControl} deleteHorizonMs: ${horizon}`;
  return `${offsets} ${sequences} ${producer} partitionLeaderEpoch: ${batch.partitionLeaderEpoch} ${flags}`;
}

function batchText(batch: BatchEvent | LegacyBatchEvent): string {
  const bytes = `size: ${batch.size} magic: ${batch.magic} compresscodec: ${batch.codec} crc: ${batch.crc} isvalid: ${batch.isValid}`;
  return `${batchStart(batch)} position: ${batch.position} ${batch.timestampType}: ${batch.maxTimestamp} ${bytes}\n`;
}

/** The line of a record, with the newline at its end. */
export function recordText({ metadata, key, payload }: RecordEvent): string {
  const parts: string[] = [];
  if (metadata) {
    const { offset, timestampType, timestamp, keySize, valueSize, control } = metadata;
    const format =
      'sequence' in metadata
        ? `sequence: ${metadata.sequence} headerKeys: [${metadata.headerKeys.join(',')}]`
        : `isValid: ${metadata.isValid} crc: ${metadata.crc}`;
    parts.push(
      `offset: ${offset} ${timestampType}: ${timestamp} keySize: ${keySize} valueSize: ${valueSize} ${format}`,
    );
    if (control !== undefined) parts.push(control);
  }
  if (key !== undefined) parts.push(`key: ${key}`);
  if (payload !== undefined) parts.push(`payload: ${payload}`);
  return parts.length === 0 ? '\n' : `| ${parts.join(' ')}\n`;
}

// What kafka-dump-log finds, piece by piece: as data for --json and as the lines that Kafka's script prints.
import type { TimestampType } from '../../protocol/records/record.ts';

/** Offsets, positions and sizes as in the file; times in milliseconds. */
export type DumpEvent =
  | { readonly type: 'file'; readonly file: string }
  | { readonly type: 'log'; readonly startOffset: number }
  | SnapshotEvent
  | BatchEvent
  | RecordEvent
  | { readonly type: 'offset-index-entry'; readonly offset: number; readonly position: number }
  | { readonly type: 'time-index-entry'; readonly timestamp: number; readonly offset: number }
  | { readonly type: 'index-empty' | 'index-sane'; readonly file: string }
  | ProducerEvent
  | AbortedTransactionEvent
  | { readonly type: 'invalid-bytes'; readonly count: number; readonly file: string }
  | { readonly type: 'complaint'; readonly text: string };

/** null for the bootstrap snapshot. */
export interface SnapshotEvent {
  readonly type: 'snapshot';
  readonly endOffset: number | null;
  readonly epoch: number | null;
}

export interface ProducerEvent {
  readonly type: 'producer';
  readonly producerId: number;
  readonly producerEpoch: number;
  readonly coordinatorEpoch: number;
  /** Of its open transaction, null without. */
  readonly startOffset: number | null;
  readonly lastTimestamp: number;
  readonly lastBatch: {
    readonly firstSequence: number;
    readonly lastSequence: number;
    readonly lastOffset: number;
    readonly offsetDelta: number;
    readonly timestamp: number;
  } | null;
}

export interface AbortedTransactionEvent {
  readonly type: 'aborted-transaction';
  /** Of the format. */
  readonly version: number;
  readonly producerId: number;
  readonly firstOffset: number;
  readonly lastOffset: number;
  readonly lastStableOffset: number;
}

export interface BatchEvent {
  readonly type: 'batch';
  readonly baseOffset: number;
  readonly lastOffset: number;
  readonly count: number;
  readonly baseSequence: number;
  readonly lastSequence: number;
  readonly producerId: number;
  readonly producerEpoch: number;
  readonly partitionLeaderEpoch: number;
  readonly isTransactional: boolean;
  readonly isControl: boolean;
  /** null without. */
  readonly deleteHorizonMs: number | null;
  readonly position: number;
  readonly timestampType: TimestampType;
  readonly maxTimestamp: number;
  readonly size: number;
  readonly codec: string;
  readonly crc: number;
  readonly isValid: boolean;
}

export interface RecordEvent {
  readonly type: 'record';
  /** Undefined with --skip-record-metadata. */
  readonly metadata:
    | {
        readonly offset: number;
        readonly timestampType: TimestampType;
        readonly timestamp: number;
        readonly keySize: number;
        readonly valueSize: number;
        readonly sequence: number;
        readonly headerKeys: readonly string[];
        /** What a control record says. */
        readonly control: string | undefined;
      }
    | undefined;
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
    default:
      return `${event.text}\n`;
  }
}

/** An event as --json prints it: a record has its place, unless it is left out, and contents side by side. */
export function eventDocument(event: DumpEvent): object {
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

const optionalLong = (value: number | null): string =>
  value === null ? 'OptionalLong.empty' : `OptionalLong[${value}]`;

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

function batchText(batch: BatchEvent): string {
  const horizon = optionalLong(batch.deleteHorizonMs);
  const producer = `producerId: ${batch.producerId} producerEpoch: ${batch.producerEpoch}`;
  const sequences = `baseSequence: ${batch.baseSequence} lastSequence: ${batch.lastSequence}`;
  const offsets = `baseOffset: ${batch.baseOffset} lastOffset: ${batch.lastOffset} count: ${batch.count}`;
  const flags = `isTransactional: ${batch.isTransactional} isControl: ${batch.isControl} deleteHorizonMs: ${horizon}`;
  const bytes = `size: ${batch.size} magic: 2 compresscodec: ${batch.codec} crc: ${batch.crc} isvalid: ${batch.isValid}`;
  return `${offsets} ${sequences} ${producer} partitionLeaderEpoch: ${batch.partitionLeaderEpoch} ${flags} position: ${batch.position} ${batch.timestampType}: ${batch.maxTimestamp} ${bytes}\n`;
}

function recordText({ metadata, key, payload }: RecordEvent): string {
  const parts: string[] = [];
  if (metadata) {
    const { offset, timestampType, timestamp, keySize, valueSize, sequence, headerKeys, control } = metadata;
    parts.push(
      `offset: ${offset} ${timestampType}: ${timestamp} keySize: ${keySize} valueSize: ${valueSize} sequence: ${sequence} headerKeys: [${headerKeys.join(',')}]`,
    );
    if (control !== undefined) parts.push(control);
  }
  if (key !== undefined) parts.push(`key: ${key}`);
  if (payload !== undefined) parts.push(`payload: ${payload}`);
  return parts.length === 0 ? '\n' : `| ${parts.join(' ')}\n`;
}

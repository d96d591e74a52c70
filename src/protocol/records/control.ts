// Control records: what brokers write into a log about the log (ControlRecordType, KIP-98, KIP-595, KIP-630, KIP-853).
// The key is two int16, version and type; the value depends on the type.
import { RecordError } from './error.ts';
import { buildBatch } from './write.ts';

export const ControlType = {
  ABORT: 0,
  COMMIT: 1,
  LEADER_CHANGE: 2,
  SNAPSHOT_HEADER: 3,
  SNAPSHOT_FOOTER: 4,
  KRAFT_VERSION: 5,
  KRAFT_VOTERS: 6,
} as const;

const KEY_BYTES = 4;
const KEY_VERSION = 0;
const MARKER_BYTES = 6;
const MARKER_VERSION = 0;

export interface ControlKey {
  version: number;
  /** One of {@link ControlType}, or a number from a newer Kafka. */
  type: number;
}

export interface EndTxnMarker {
  version: number;
  coordinatorEpoch: number;
}

/** @throws RecordError `invalid` if the key is too short or its version negative (ControlRecordType.parseTypeId) */
export function readControlKey(key: Buffer | null): ControlKey {
  const size = key?.length ?? 0;
  if (key === null || size < KEY_BYTES) {
    const text = `Invalid value size found for control record key. Must have at least ${KEY_BYTES} bytes, but found only ${size}`;
    throw new RecordError('invalid', text);
  }
  const version = key.readInt16BE(0);
  if (version < 0) {
    const text = `Invalid version found for control record: ${version}. May indicate data corruption`;
    throw new RecordError('invalid', text);
  }
  return { version, type: key.readInt16BE(2) };
}

/** The value of a COMMIT or ABORT record. @throws RecordError `invalid` if it is too short or its version negative */
export function readEndTxnMarker(value: Buffer | null): EndTxnMarker {
  const size = value?.length ?? 0;
  if (value === null || size < MARKER_BYTES) {
    const text = `Invalid value size found for end transaction marker. Must have at least ${MARKER_BYTES} bytes, but found only ${size}`;
    throw new RecordError('invalid', text);
  }
  const version = value.readInt16BE(0);
  if (version < 0) {
    const text = `Invalid version found for end transaction marker: ${version}. May indicate data corruption`;
    throw new RecordError('invalid', text);
  }
  return { version, coordinatorEpoch: value.readInt32BE(2) };
}

export interface ControlRecord {
  /** One of {@link ControlType}. */
  type: number;
  /** The record's value, encoded. */
  payload: Buffer;
}

export interface ControlBatchOptions {
  timestampMs: number;
  baseOffset?: number;
  leaderEpoch?: number;
}

/** A batch of control records that belong to no producer: those of KRaft. */
export function buildControlBatch(records: readonly ControlRecord[], options: ControlBatchOptions): Buffer {
  const { timestampMs: timestamp, ...position } = options;
  const inputs = records.map(({ type, payload }) => ({ timestamp, key: controlKey(type), value: payload }));
  return buildBatch(inputs, { ...position, control: true });
}

export interface EndTxnMarkerOptions extends ControlBatchOptions {
  type: 'COMMIT' | 'ABORT';
  producerId: number;
  producerEpoch: number;
  coordinatorEpoch: number;
}

/** The batch that ends a transaction in a partition (MemoryRecords.withEndTransactionMarker). */
export function buildEndTxnMarker(options: EndTxnMarkerOptions): Buffer {
  const { type, timestampMs, coordinatorEpoch, ...properties } = options;
  const value = Buffer.alloc(MARKER_BYTES);
  value.writeInt16BE(MARKER_VERSION, 0);
  value.writeInt32BE(coordinatorEpoch, 2);
  const record = { timestamp: timestampMs, key: controlKey(ControlType[type]), value };
  return buildBatch([record], { ...properties, transactional: true, control: true });
}

function controlKey(type: number): Buffer {
  const key = Buffer.alloc(KEY_BYTES);
  key.writeInt16BE(KEY_VERSION, 0);
  key.writeInt16BE(type, 2);
  return key;
}

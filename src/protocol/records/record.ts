// What a record is to the code that reads and writes records.

export type TimestampType = 'CreateTime' | 'LogAppendTime';

export interface RecordHeader {
  key: string;
  value: Buffer | null;
}

/** A record as it was read. Key, value and header values are views of the batch (of its decompressed form, if it was compressed). */
export interface KafkaRecord {
  offset: number;
  /** Milliseconds, -1 for none; the batch's append time with LogAppendTime. */
  timestamp: number;
  timestampType: TimestampType;
  key: Buffer | null;
  value: Buffer | null;
  headers: readonly RecordHeader[];
  /** -1 without idempotence. */
  sequence: number;
}

import type { RecordHeader, TimestampType } from '../../protocol/records/record.ts';
import type { OutputBuffer } from './output-buffer.ts';

/** The record at which a fetched batch stands; RecordCursor is one. */
export interface PrintableRecord {
  readonly offset: number;
  /** Milliseconds, -1 for none. */
  readonly timestamp: number;
  readonly timestampType: TimestampType;
  readonly key: Buffer | null;
  readonly value: Buffer | null;
  readonly headers: readonly RecordHeader[];
  /** How often a share group has delivered it, this time included; undefined outside of share groups. */
  readonly deliveryCount?: number;
}

/** Makes output of records (org.apache.kafka.common.MessageFormatter). */
export interface Formatter {
  /** Appends a record of a partition to `out`. @throws Error for a record that it can make nothing of */
  write(record: PrintableRecord, partition: number, out: OutputBuffer, topic: string): void;
}

/** Where what is no failure of a record is told: `logger` is the Java class that says it, `cause` the exception printed with it. */
export type FormatterLog = (level: 'ERROR' | 'WARN', text: string, logger: string, cause?: Error) => void;

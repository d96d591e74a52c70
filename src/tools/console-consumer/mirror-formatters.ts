// The formatters of MirrorMaker's topics (org.apache.kafka.connect.mirror.formatters, 4.3): a line for each record.
import { DecodeError, Reader } from '../../protocol/reader.ts';
import { JavaException } from '../java-exception.ts';
import type { Formatter, PrintableRecord } from './formatter.ts';

/** `heartbeats`. */
export const heartbeatFormatter = (): Formatter =>
  lines((record) => {
    const value = struct(record.value);
    value('version', (reader) => reader.int16());
    const timestamp = value('timestamp', (reader) => reader.int64());
    const key = struct(record.key);
    const source = key('sourceClusterAlias', text);
    const target = key('targetClusterAlias', text);
    return `Heartbeat{sourceClusterAlias=${source}, targetClusterAlias=${target}, timestamp=${timestamp}}`;
  });

/** `mm2-offset-syncs.….internal`. */
export const offsetSyncFormatter = (): Formatter =>
  lines((record) => {
    const key = struct(record.key);
    const partition = `${key('topic', text)}-${key('partition', (reader) => reader.int32())}`;
    return `OffsetSync{topicPartition=${partition}, ${offsets(struct(record.value))}}`;
  });

/** `….checkpoints.internal`. */
export const checkpointFormatter = (): Formatter =>
  lines((record) => {
    const value = struct(record.value);
    value('version', (reader) => reader.int16());
    const positions = offsets(value);
    const metadata = value('metadata', text);
    const key = struct(record.key);
    const group = key('group', text);
    const partition = `${key('topic', text)}-${key('partition', (reader) => reader.int32())}`;
    return `Checkpoint{consumerGroupId=${group}, topicPartition=${partition}, ${positions}, metadata=${metadata}}`;
  });

type Struct = <T>(field: string, read: (reader: Reader) => T) => T;

const offsets = (value: Struct): string => {
  const upstream = value('upstreamOffset', (reader) => reader.int64());
  return `upstreamOffset=${upstream}, downstreamOffset=${value('offset', (reader) => reader.int64())}`;
};

function lines(format: (record: PrintableRecord) => string): Formatter {
  return { write: (record, _, out) => out.text(`${format(record)}\n`) };
}

/** Reads the fields one after the other; names the one that cannot be read, as org.apache.kafka.common.protocol.types.Schema does. */
function struct(bytes: Buffer | null): Struct {
  if (bytes === null)
    throw new JavaException('java.lang.NullPointerException', 'Cannot read the array length because "array" is null');
  const reader = new Reader(bytes);
  return (field, read) => {
    try {
      return read(reader);
    } catch (error) {
      const reason = error instanceof DecodeError ? 'java.nio.BufferUnderflowException' : (error as Error).message;
      throw new JavaException(SCHEMA_EXCEPTION, `Error reading field '${field}': ${reason}`);
    }
  };
}

function text(reader: Reader): string {
  const size = reader.int16();
  if (size < 0) throw new JavaException(SCHEMA_EXCEPTION, `String length ${size} cannot be negative`);
  const left = reader.end - reader.pos;
  if (size > left)
    throw new JavaException(SCHEMA_EXCEPTION, `Error reading string of length ${size}, only ${left} bytes available`);
  return reader.bytes(size).toString();
}

const SCHEMA_EXCEPTION = 'org.apache.kafka.common.protocol.types.SchemaException';

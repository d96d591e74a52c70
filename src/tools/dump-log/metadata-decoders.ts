// Records in the frame of the metadata log.
import { Reader } from '../../protocol/reader.ts';
import { jacksonText } from '../jackson-text.ts';
import { messageJson } from '../message-json.ts';
import { openFrame, readMetadataRecord } from '../metadata-record.ts';
import type { Contents, DecodableRecord } from './decodable.ts';

/** The JVM's words for what nobody thought of. */
const NO_VALUE =
  'Cannot invoke "java.nio.ByteBuffer.remaining()" because the return value of "org.apache.kafka.common.record.internal.Record.value()" is null';

/** The frame alone: what is in it only a broker with tiered storage writes. */
export function decodeRemote(record: DecodableRecord): Contents {
  const { offset } = record;
  try {
    if (record.value === null) throw new Error(NO_VALUE);
    openFrame(new Reader(record.value));
    throw new Error('Tiered storage is not part of ktool.');
  } catch (error) {
    return { key: undefined, payload: `Error at offset ${offset}, skipping. ${(error as Error).message}` };
  }
}

export function decodeMetadata(record: DecodableRecord): Contents {
  const { offset } = record;
  try {
    const { schema, version, known, data } = readMetadataRecord(record.value);
    const json = messageJson(schema, known, data);
    return { key: undefined, payload: jacksonText({ type: recordTypeName(schema.name), version, data: json }) };
  } catch (error) {
    return { key: undefined, payload: `Error at ${offset}, skipping. ${(error as Error).message}` };
  }
}

/** MetadataRecordType's constant: `TopicRecord` is TOPIC_RECORD. */
const recordTypeName = (name: string): string => name.replace(/(?<=[a-z])(?=[A-Z])/g, '_').toUpperCase();

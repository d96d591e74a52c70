// Records of the metadata log, which have a frame of their own (AbstractApiMessageSerde).
import { decode } from '../../protocol/codec.ts';
import { Reader } from '../../protocol/reader.ts';
import type { Message } from '../../protocol/schema.ts';
import { metadataRecords } from '../../protocol/state/metadata/index.ts';
import { ExactReader } from '../exact-reader.ts';
import { jacksonText } from '../jackson-text.ts';
import { JavaException } from '../java-exception.ts';
import { messageJson } from '../message-json.ts';
import type { Contents, DecodableRecord } from './decodable.ts';

const UNSUPPORTED_VERSION = 'org.apache.kafka.common.errors.UnsupportedVersionException';
const FRAME_VERSION = 1;
const MAX_SHORT = 2 ** 15 - 1;

/** AbstractApiMessageSerde: frame version, type and version of the record as varints, then the record. */
function openFrame(reader: Reader): { type: number; version: number } {
  const frameVersion = shortIn(reader, 'frame version');
  if (frameVersion === 0)
    throw new Error(
      'Could not deserialize metadata record with frame version 0. Note that upgrades from the preview release of KRaft in 2.8 to newer versions are not supported.',
    );
  if (frameVersion !== FRAME_VERSION)
    throw new Error(
      `Could not deserialize metadata record due to unknown frame version ${frameVersion}(only frame version 1 is supported)`,
    );
  return { type: shortIn(reader, 'type'), version: shortIn(reader, 'version') };
}

function shortIn(reader: Reader, entity: string): number {
  let value: number;
  try {
    value = reader.uvarint();
  } catch {
    throw new Error(`Error while reading ${entity}`);
  }
  if (value > MAX_SHORT) throw new Error(`Value for ${entity} was too large.`);
  return value;
}

/** The frame alone: what is in it only a broker with tiered storage writes. */
export function decodeRemote(record: DecodableRecord): Contents {
  const { offset } = record;
  try {
    openFrame(new Reader(record.value ?? Buffer.alloc(0)));
    throw new Error('Tiered storage is not part of ktool.');
  } catch (error) {
    return { key: undefined, payload: `Error at offset ${offset}, skipping. ${(error as Error).message}` };
  }
}

export function decodeMetadata(record: DecodableRecord): Contents {
  const { offset } = record;
  try {
    const reader = new ExactReader(record.value ?? Buffer.alloc(0));
    const { type, version } = openFrame(reader);
    const schema = metadataRecords.get(type);
    if (!schema) throw new JavaException(UNSUPPORTED_VERSION, `Unknown metadata id ${type}`);
    const data = metadataJson(type, version, schema, reader);
    return { key: undefined, payload: jacksonText({ type: recordTypeName(schema.name), version, data }) };
  } catch (error) {
    const text =
      error instanceof JavaException && error.javaClass === UNSUPPORTED_VERSION
        ? String(error)
        : (error as Error).message;
    return { key: undefined, payload: `Error at ${offset}, skipping. ${text}` };
  }
}

function metadataJson(type: number, version: number, schema: Message, reader: Reader) {
  let data: ReturnType<typeof messageJson>;
  try {
    // What a newer version adds stays unread.
    const known = Math.min(version, schema.versions[1]);
    data = messageJson(schema, known, decode(schema, known, reader));
  } catch {
    throw new Error(`Failed to deserialize record with type ${type}`);
  }
  if (reader.remaining > 0) throw new Error(`Found ${reader.remaining} byte(s) of garbage after ${type}`);
  return data;
}

/** MetadataRecordType's constant: `TopicRecord` is TOPIC_RECORD. */
const recordTypeName = (name: string): string => name.replace(/(?<=[a-z])(?=[A-Z])/g, '_').toUpperCase();

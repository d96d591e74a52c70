// What the bytes of keys and values mean (DumpLogSegments.MessageParser).
import { decode } from '../../protocol/codec.ts';
import { Reader } from '../../protocol/reader.ts';
import type { Message } from '../../protocol/schema.ts';
import { ConsumerProtocolAssignment, ConsumerProtocolSubscription } from '../../protocol/state/consumer-protocol.ts';
import { GroupMetadataValue } from '../../protocol/state/group/group-metadata.ts';
import { groupRecords } from '../../protocol/state/group/index.ts';
import { metadataRecords } from '../../protocol/state/metadata/index.ts';
import { shareRecords } from '../../protocol/state/share/index.ts';
import { transactionRecords } from '../../protocol/state/transaction/index.ts';
import { isJavasClass, isKafkasClass } from '../../util/java-classes.ts';
import { JavaException } from '../java-exception.ts';
import { messageJson } from '../message-json.ts';

export interface Contents {
  readonly key: string | undefined;
  readonly payload: string | undefined;
}

/** Part of a record that a decoder sees; RecordCursor is one. */
export interface DecodableRecord {
  readonly offset: number;
  readonly key: Buffer | null;
  readonly value: Buffer | null;
}

/** @throws JavaException for a record that ends the dump */
export type Decoder = (record: DecodableRecord) => Contents;

export type DecoderName =
  | 'offsets'
  | 'transaction-log'
  | 'cluster-metadata'
  | 'remote-log-metadata'
  | 'share-group-state';

type BytesDecoder = (bytes: Buffer) => string;

const BYTES_DECODERS: ReadonlyMap<string, BytesDecoder> = new Map([
  ['StringDecoder', (bytes) => bytes.toString()],
  ['DefaultDecoder', (bytes) => bytes.toString('hex')],
  ['IntegerDecoder', (bytes) => String(atLeast(bytes, 4).readInt32BE())],
  ['LongDecoder', (bytes) => String(atLeast(bytes, 8).readBigInt64BE())],
]);
const PACKAGE = 'org.apache.kafka.tools.api.';

function atLeast(bytes: Buffer, length: number): Buffer {
  if (bytes.length < length) throw new JavaException('java.nio.BufferUnderflowException');
  return bytes;
}

/**
 * Decodes keys and values by the class names of Kafka's decoders.
 * @throws JavaException for a class that is not there
 */
export function classDecoder(keyClass: string, valueClass: string): Decoder {
  const [ofKey, ofValue] = [bytesDecoder(keyClass), bytesDecoder(valueClass)];
  return ({ key, value }) => ({
    key: key === null ? undefined : ofKey(key),
    payload: value === null ? undefined : ofValue(value),
  });
}

function bytesDecoder(className: string): BytesDecoder {
  const decoder = className.startsWith(PACKAGE) ? BYTES_DECODERS.get(className.slice(PACKAGE.length)) : undefined;
  if (decoder) return decoder;
  // A class that is there but decodes nothing fails in Class.asSubclass, which says no more.
  if (isJavasClass(className) || isKafkasClass(className))
    throw new JavaException('java.lang.ClassCastException', `class ${className}`);
  throw new JavaException('java.lang.RuntimeException', 'Failed to load decoder class');
}

/** Decodes the records of one of Kafka's own topics as JSON. */
export function decoderOf(name: DecoderName): Decoder {
  switch (name) {
    case 'offsets':
      return coordinatorDecoder(groupRecords);
    case 'transaction-log':
      return coordinatorDecoder(transactionRecords);
    case 'share-group-state':
      return coordinatorDecoder(shareRecords);
    case 'cluster-metadata':
      return decodeMetadata;
    case 'remote-log-metadata':
      return decodeRemote;
  }
}

type RecordTypes = ReadonlyMap<number, { readonly key: Message; readonly value: Message }>;

function coordinatorDecoder(types: RecordTypes): Decoder {
  return ({ offset, key, value }) => {
    if (key === null)
      throw new JavaException(
        'java.lang.RuntimeException',
        `Failed to decode message at offset ${offset} using the specified decoder (message had a missing key)`,
      );
    try {
      const reader = new Reader(key);
      const type = versionIn(reader, 'key');
      const schemas = types.get(type);
      if (!schemas) return { key: `Unknown record type ${type} at offset ${offset}, skipping.`, payload: undefined };
      const keyData = messageJson(schemas.key, 0, decode(schemas.key, 0, reader));
      return {
        key: JSON.stringify({ type: String(type), data: keyData }),
        payload: value === null ? '<DELETE>' : JSON.stringify(valueJson(schemas.value, value)),
      };
    } catch (error) {
      return { key: `Error at offset ${offset}, skipping. ${(error as Error).message}`, payload: undefined };
    }
  };
}

/** CoordinatorRecordSerde.readVersion. */
function versionIn(reader: Reader, name: 'key' | 'value'): number {
  try {
    return reader.int16();
  } catch {
    throw new Error(`Could not read version from ${name}'s buffer.`);
  }
}

function valueJson(schema: Message, value: Buffer) {
  const reader = new Reader(value);
  const version = versionIn(reader, 'value');
  const decoded = decode(schema, version, reader);
  const data = messageJson(schema, version, decoded);
  if (schema === GroupMetadataValue) showProtocol(data as unknown as GroupJson, decoded as unknown as GroupMetadata);
  return { version: String(version), data };
}

interface GroupMetadata {
  readonly protocolType: string;
  readonly members: readonly { readonly subscription: Buffer; readonly assignment: Buffer }[];
}
interface GroupJson {
  readonly members: readonly { subscription: unknown; assignment: unknown }[];
}

/** Of consumers it is known what their subscriptions and assignments mean. */
function showProtocol(json: GroupJson, { protocolType, members }: GroupMetadata): void {
  if (protocolType !== 'consumer') return;
  for (const [i, { subscription, assignment }] of members.entries()) {
    const member = json.members[i]!;
    if (subscription.length > 0) member.subscription = versioned(ConsumerProtocolSubscription, subscription);
    if (assignment.length > 0) member.assignment = versioned(ConsumerProtocolAssignment, assignment);
  }
}

/** A message behind its version. */
function versioned(message: Message, bytes: Buffer) {
  const reader = new Reader(bytes);
  const version = Math.min(reader.int16(), message.versions[1]);
  return messageJson(message, version, decode(message, version, reader));
}

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
function decodeRemote({ offset, value }: DecodableRecord): Contents {
  try {
    openFrame(new Reader(value ?? Buffer.alloc(0)));
    throw new Error('Tiered storage is not part of ktool.');
  } catch (error) {
    return { key: undefined, payload: `Error at offset ${offset}, skipping. ${(error as Error).message}` };
  }
}

function decodeMetadata({ offset, value }: DecodableRecord): Contents {
  try {
    const reader = new Reader(value ?? Buffer.alloc(0));
    const { type, version } = openFrame(reader);
    const schema = metadataRecords.get(type);
    if (!schema) throw new Error(`Unknown metadata id ${type}`);
    const data = messageJson(schema, version, decode(schema, version, reader));
    return { key: undefined, payload: JSON.stringify({ type: recordTypeName(schema.name), version, data }) };
  } catch (error) {
    return { key: undefined, payload: `Error at ${offset}, skipping. ${(error as Error).message}` };
  }
}

/** MetadataRecordType's constant: `TopicRecord` is TOPIC_RECORD. */
const recordTypeName = (name: string): string => name.replace(/(?<=[a-z])(?=[A-Z])/g, '_').toUpperCase();

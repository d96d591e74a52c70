// What the bytes of keys and values mean (DumpLogSegments.MessageParser).
import { decode } from '../../protocol/codec.ts';
import type { Reader } from '../../protocol/reader.ts';
import type { Message } from '../../protocol/schema.ts';
import { ConsumerProtocolAssignment, ConsumerProtocolSubscription } from '../../protocol/state/consumer-protocol.ts';
import { GroupMetadataValue } from '../../protocol/state/group/group-metadata.ts';
import { groupRecords } from '../../protocol/state/group/index.ts';
import { shareRecords } from '../../protocol/state/share/index.ts';
import { transactionRecords } from '../../protocol/state/transaction/index.ts';
import { isJavasClass, isKafkasClass } from '../../util/java-classes.ts';
import { decodeException } from '../decode-exception.ts';
import { ExactReader } from '../exact-reader.ts';
import { jacksonText } from '../jackson-text.ts';
import { JavaException } from '../java-exception.ts';
import { messageJson } from '../message-json.ts';
import type { Contents, DecodableRecord } from './decodable.ts';
import { decodeMetadata, decodeRemote } from './metadata-decoders.ts';

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
  return (record) => {
    const { offset } = record;
    if (!record.hasKey)
      throw new JavaException(
        'java.lang.RuntimeException',
        `Failed to decode message at offset ${offset} using the specified decoder (message had a missing key)`,
      );
    try {
      const { key, value } = record;
      const reader = new ExactReader(key!);
      const type = versionIn(reader, 'key');
      const schemas = types.get(type);
      if (!schemas) return { key: `Unknown record type ${type} at offset ${offset}, skipping.`, payload: undefined };
      const keyData = inPart('key', type, () => messageJson(schemas.key, 0, decode(schemas.key, 0, reader)));
      return {
        key: jacksonText({ type: String(type), data: keyData }),
        payload: value === null ? '<DELETE>' : jacksonText(valueJson(type, schemas.value, value)),
      };
    } catch (error) {
      return { key: `Error at offset ${offset}, skipping. ${(error as Error).message}`, payload: undefined };
    }
  };
}

/** CoordinatorRecordSerde.readMessage. */
function inPart<T>(name: 'key' | 'value', version: number, read: () => T): T {
  try {
    return read();
  } catch (error) {
    const text = decodeException(error).message || 'null';
    throw new Error(`Could not read record with version ${version} from ${name}'s buffer due to: ${text}.`);
  }
}

/** CoordinatorRecordSerde.readVersion. */
function versionIn(reader: Reader, name: 'key' | 'value'): number {
  try {
    return reader.int16();
  } catch {
    throw new Error(`Could not read version from ${name}'s buffer.`);
  }
}

function valueJson(type: number, schema: Message, value: Buffer) {
  const reader = new ExactReader(value);
  const version = versionIn(reader, 'value');
  const [lowest, highest] = schema.versions;
  if (version < lowest || version > highest)
    throw new Error(`Found an unknown record version ${version} for ${type} type`);
  const decoded = inPart('value', version, () => decode(schema, version, reader));
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
  // Subscriptions of newer versions are read as the newest, assignments are not.
  const newest = ConsumerProtocolSubscription.versions[1];
  for (const [i, { subscription, assignment }] of members.entries()) {
    const member = json.members[i]!;
    if (subscription.length > 0) member.subscription = versioned(ConsumerProtocolSubscription, subscription, newest);
    if (assignment.length > 0) member.assignment = versioned(ConsumerProtocolAssignment, assignment);
  }
}

/** A message behind its version; its bytes where they are none, or of a version that there is not yet. */
function versioned(message: Message, bytes: Buffer, most = Number.POSITIVE_INFINITY) {
  try {
    const reader = new ExactReader(bytes);
    const version = Math.max(Math.min(reader.int16(), most), 0);
    return messageJson(message, version, decode(message, version, reader));
  } catch {
    return bytes.toString('base64');
  }
}

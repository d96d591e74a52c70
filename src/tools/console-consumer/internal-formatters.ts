// The formatters of Kafka's internal topics (CoordinatorRecordMessageFormatter): one JSON document per record, with
// nothing between two of them. A record of a kind that is not the formatter's is left out.
import { decode } from '../../protocol/codec.ts';
import { Reader } from '../../protocol/reader.ts';
import type { Message } from '../../protocol/schema.ts';
import { groupRecords } from '../../protocol/state/group/index.ts';
import { shareRecords } from '../../protocol/state/share/index.ts';
import { transactionRecords } from '../../protocol/state/transaction/index.ts';
import { decodeException } from '../decode-exception.ts';
import { jacksonText } from '../jackson-text.ts';
import { JavaException } from '../java-exception.ts';
import { messageJson } from '../message-json.ts';
import type { Formatter, PrintableRecord } from './formatter.ts';

type RecordTypes = ReadonlyMap<number, { readonly key: Message; readonly value: Message }>;

const RUNTIME_EXCEPTION = 'java.lang.RuntimeException';

const LEGACY_OFFSET_COMMIT = 0;
const OFFSET_COMMIT = 1;
const GROUP_METADATA = 2;
const SHARE_GROUP_RECORDS = [10, 11, 12, 13, 14, 15];

/** Committed offsets in `__consumer_offsets`. */
export const offsetsFormatter = (): Formatter =>
  coordinatorFormatter(groupRecords, [LEGACY_OFFSET_COMMIT, OFFSET_COMMIT]);

/** Generations of classic groups in `__consumer_offsets`. */
export const groupMetadataFormatter = (): Formatter => coordinatorFormatter(groupRecords, [GROUP_METADATA]);

/** `__transaction_state`. */
export const transactionLogFormatter = (): Formatter =>
  coordinatorFormatter(transactionRecords, transactionRecords.keys());

/** What is kept of share groups in `__consumer_offsets`. */
export const shareGroupFormatter = (): Formatter => coordinatorFormatter(groupRecords, SHARE_GROUP_RECORDS);

/** `__share_group_state`. */
export const shareGroupStateFormatter = (): Formatter => coordinatorFormatter(shareRecords, shareRecords.keys());

function coordinatorFormatter(types: RecordTypes, printed: Iterable<number>): Formatter {
  const wanted = new Set(printed);
  return {
    write(record, _, out) {
      let json: unknown;
      try {
        json = recordJson(record, types, wanted);
      } catch (error) {
        const { message } = error as Error;
        const text = `Could not read record at offset ${record.offset} due to: ${message}`;
        throw Object.assign(new JavaException(RUNTIME_EXCEPTION, text), { cause: error });
      }
      if (json !== undefined) out.text(jacksonText(json));
    },
  };
}

/** A record is read as a whole even if its kind is not printed (CoordinatorRecordSerde). */
function recordJson({ key, value }: PrintableRecord, types: RecordTypes, wanted: ReadonlySet<number>): unknown {
  if (key === null) return undefined;
  const keyReader = new Reader(key);
  const type = readVersion(keyReader, 'key');
  const schemas = types.get(type);
  if (!schemas) return undefined;
  const keyJson = readMessage(schemas.key, type, keyReader, 'key');
  const valueJson = value && readValue(value, schemas.value, type);
  return wanted.has(type) ? { key: { type, data: keyJson }, value: valueJson } : undefined;
}

function readValue(value: Buffer, schema: Message, type: number): unknown {
  const reader = new Reader(value);
  const version = readVersion(reader, 'value');
  const [least, most] = schema.versions;
  if (version < least || version > most)
    throw new JavaException(
      'org.apache.kafka.coordinator.common.runtime.Deserializer$UnknownRecordVersionException',
      `Found an unknown record version ${version} for ${type} type`,
    );
  return { version, data: readMessage(schema, version, reader, 'value') };
}

function readVersion(reader: Reader, part: 'key' | 'value'): number {
  try {
    return reader.int16();
  } catch {
    throw new JavaException(RUNTIME_EXCEPTION, `Could not read version from ${part}'s buffer.`);
  }
}

/** @param version of the value, or the type of the key, whose message has one version only */
function readMessage(schema: Message, version: number, reader: Reader, part: 'key' | 'value'): unknown {
  const schemaVersion = part === 'key' ? 0 : version;
  try {
    return messageJson(schema, schemaVersion, decode(schema, schemaVersion, reader));
  } catch (error) {
    const cause = decodeException(error);
    const reason = cause.message || 'null';
    const text = `Could not read record with version ${version} from ${part}'s buffer due to: ${reason}.`;
    throw Object.assign(new JavaException(RUNTIME_EXCEPTION, text), { cause });
  }
}

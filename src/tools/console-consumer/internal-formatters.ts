// The formatters of Kafka's internal topics (CoordinatorRecordMessageFormatter): one JSON document per record, with
// nothing between two of them. A record of a kind that is not the formatter's is left out.
import { decode } from '../../protocol/codec.ts';
import { Reader } from '../../protocol/reader.ts';
import type { Message } from '../../protocol/schema.ts';
import { groupRecords } from '../../protocol/state/group/index.ts';
import { shareRecords } from '../../protocol/state/share/index.ts';
import { transactionRecords } from '../../protocol/state/transaction/index.ts';
import { JavaException } from '../java-exception.ts';
import { messageJson } from '../message-json.ts';
import type { Formatter, PrintableRecord } from './formatter.ts';

type RecordTypes = ReadonlyMap<number, { readonly key: Message; readonly value: Message }>;

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
        const message = `Could not read record at offset ${record.offset} due to: ${(error as Error).message}`;
        throw new JavaException('java.lang.RuntimeException', message);
      }
      if (json !== undefined) out.text(JSON.stringify(json));
    },
  };
}

function recordJson({ key, value }: PrintableRecord, types: RecordTypes, wanted: ReadonlySet<number>): unknown {
  if (key === null) return undefined;
  const keyReader = new Reader(key);
  const type = keyReader.int16();
  const schemas = types.get(type);
  if (!schemas || !wanted.has(type)) return undefined;
  const keyJson = messageJson(schemas.key, 0, decode(schemas.key, 0, keyReader));
  return { key: { type, data: keyJson }, value: value && valueJson(value, schemas.value) };
}

function valueJson(value: Buffer, schema: Message): unknown {
  const reader = new Reader(value);
  const version = reader.int16();
  return { version, data: messageJson(schema, version, decode(schema, version, reader)) };
}

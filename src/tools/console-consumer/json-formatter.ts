import { isUtf8 } from 'node:buffer';
import { NO_MODULES, type UserModules } from '../user-module.ts';
import { deserializersOf } from './default-formatter.ts';
import type { Deserialize } from './deserialize.ts';
import type { Formatter, FormatterLog } from './formatter.ts';
import { namingRecords } from './user-formatter.ts';

/** Bytes in JSON: text if they are UTF-8, otherwise an object that says so. */
type JsonBytes = string | null | { readonly base64: string };

/**
 * One JSON document a line for each record, for programs: topic, partition, offset, timestamp (milliseconds), timestampType,
 * key, value and headers (a list, since names may be repeated), of a share group deliveryCount. Deserializers of the properties are applied; without one
 * bytes are text if they are UTF-8 and `{"base64": "…"}` if not.
 * @param log is told of a deserializer that cannot be had
 */
export function jsonFormatter(
  properties: ReadonlyMap<string, string>,
  log: FormatterLog,
  modules: UserModules = NO_MODULES,
): Formatter {
  const { deserializeKey, deserializeValue, deserializeHeaders } = deserializersOf(properties, log, modules);
  return namingRecords({
    write({ offset, timestamp, timestampType, key, value, headers, deliveryCount }, partition, out, topic) {
      const document = {
        topic,
        partition,
        offset,
        timestamp,
        timestampType,
        key: jsonOf(key, deserializeKey),
        value: jsonOf(value, deserializeValue),
        headers: headers.map((header) => ({ key: header.key, value: jsonOf(header.value, deserializeHeaders) })),
        deliveryCount,
      };
      out.text(`${JSON.stringify(document)}\n`);
    },
  });
}

function jsonOf(bytes: Buffer | null, deserialize: Deserialize | undefined): JsonBytes {
  if (bytes === null) return null;
  const read = deserialize ? deserialize(bytes) : bytes;
  if (typeof read === 'string') return read;
  return isUtf8(read) ? read.toString() : { base64: read.toString('base64') };
}

import { bytesFrom, inModule, kindOf, ModuleError, made, type UserModule } from '../user-module.ts';
import type { Deserialize } from './deserialize.ts';
import type { Formatter, PrintableRecord } from './formatter.ts';

/** What a module that formats makes of the properties. */
interface UserFormatter {
  format(record: Readonly<Record<string, unknown>>): string | Uint8Array | null | undefined;
}

/**
 * A formatter of the user's: `export default ({ properties }) => ({ format(record) { return 'text\n' } })`. A record has topic,
 * partition, offset, timestamp, timestampType, key, value (Buffers or null), headers [{ key, value }] and deliveryCount; text
 * or bytes are printed as they are, undefined and null print nothing.
 * @throws ModuleError
 */
export function userFormatter(module: UserModule, properties: ReadonlyMap<string, string>): Formatter {
  const { path } = module;
  const user = made(module, properties) as UserFormatter | null | undefined;
  if (typeof user?.format !== 'function')
    throw new ModuleError(path, `is to make an object with a function format(record), not ${kindOf(user)}`);
  return namingRecords({
    write(record, partition, out, topic) {
      const { offset, timestamp, timestampType, key, value, headers, deliveryCount } = record;
      const fields = { topic, partition, offset, timestamp, timestampType, key, value, headers, deliveryCount };
      const text = inModule(path, () => user.format(fields));
      if (text !== undefined && text !== null) out.bytes(bytesFrom(path, 'what format(record) answers', text));
    },
  });
}

/**
 * A deserializer of the user's: `export default ({ properties, isKey }) => (bytes) => 'text'`. It is not asked for null.
 * @throws ModuleError
 */
export function userDeserializer(
  module: UserModule,
  properties: ReadonlyMap<string, string>,
  isKey: boolean,
): Deserialize {
  const { path } = module;
  const read = made(module, properties, { isKey });
  if (typeof read !== 'function')
    throw new ModuleError(path, `is to make a function (bytes) => text, not ${kindOf(read)}`);
  const deserialize = (bytes: Buffer): string | Buffer => {
    const text = inModule(path, () => read(bytes) as unknown);
    return typeof text === 'string' ? text : bytesFrom(path, 'what it makes of the bytes', text);
  };
  return Object.assign(deserialize, { leavesNull: true as const });
}

/** A formatter whose errors in modules say at which record they came. */
export const namingRecords = ({ write }: Formatter): Formatter => ({
  write(record: PrintableRecord, partition, out, topic) {
    try {
      write(record, partition, out, topic);
    } catch (error) {
      throw error instanceof ModuleError
        ? error.at(`record at offset ${record.offset} of ${topic}-${partition}`)
        : error;
    }
  },
});

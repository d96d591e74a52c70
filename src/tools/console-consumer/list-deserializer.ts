import { JavaException } from '../java-exception.ts';
import { badData, badSetting, type Deserialize, type DeserializerSettings } from './deserialize.ts';
import { type Inner, innerDeserializer } from './scalar-deserializers.ts';

const LOGGER = 'org.apache.kafka.common.serialization.ListDeserializer';
const LISTS = ['ArrayList', 'LinkedList', 'Vector', 'Stack', 'concurrent.CopyOnWriteArrayList'];
/** Those that are made for a number of entries, which cannot be below 0. */
const SIZED_LISTS = ['java.util.ArrayList', 'java.util.Vector'];

const CONSTANT_SIZE = 0;
const VARIABLE_SIZE = 1;
const NULL_ENTRY = -1;

/**
 * org.apache.kafka.common.serialization.ListDeserializer (KIP-466): entries of a serde's kind, which its properties
 * `default.list.{key,value}.serde.{type,inner}` name.
 */
export function listDeserializer(settings: DeserializerSettings): Deserialize {
  const { listClass, inner } = configured(settings);
  const deserialize = inner.make(settings);
  const entry = (bytes: Buffer): string => String(deserialize(bytes));
  return (bytes) => {
    const input = new DataInput(bytes);
    const strategy = input.int8();
    if (strategy !== CONSTANT_SIZE && strategy !== VARIABLE_SIZE)
      throw badData('Invalid serialization strategy flag value');
    const nulls = new Set<number>();
    if (strategy === CONSTANT_SIZE) for (let left = input.int32(); left !== 0; left--) nulls.add(input.int32());
    const count = input.int32();
    if (count < 0 && SIZED_LISTS.includes(listClass)) throw notMade(settings, listClass, count);
    const entries: string[] = [];
    for (let i = 0; i < count; i++) {
      const size = strategy === CONSTANT_SIZE ? inner.size : input.int32();
      if (size === undefined) throw new JavaException('java.lang.NullPointerException');
      if (size === NULL_ENTRY || nulls.has(i)) entries.push('null');
      else entries.push(entry(payload(input, size, settings)));
    }
    return `[${entries.join(', ')}]`;
  };
}

function configured({ properties, isKey }: DeserializerSettings): {
  readonly listClass: string;
  readonly inner: Inner;
} {
  const prefix = `default.list.${isKey ? 'key' : 'value'}.serde`;
  const missing = (what: string) =>
    new JavaException(
      'org.apache.kafka.common.config.ConfigException',
      `Not able to determine the ${what} class because it was neither passed via the constructor nor set in the config.`,
    );
  const listClass = properties.get(`${prefix}.type`);
  if (listClass === undefined) throw missing('list');
  if (!LISTS.some((name) => listClass === `java.util.${name}`))
    throw badSetting(`${prefix}.type`, listClass, `Deserializer's list class "${listClass}" could not be found.`);
  const serde = properties.get(`${prefix}.inner`);
  if (serde === undefined) throw missing('inner serde');
  const inner = innerDeserializer(serde);
  if (!inner)
    throw badSetting(`${prefix}.inner`, serde, `Deserializer's inner serde class "${serde}" could not be found.`);
  return { listClass, inner };
}

/** Bytes that are missing at the end are zeros, unless none is left. */
function payload(input: DataInput, size: number, { log }: DeserializerSettings): Buffer {
  if (size < 0) throw new JavaException('java.lang.NegativeArraySizeException', String(size));
  const bytes = input.upTo(size);
  if (bytes === undefined) {
    log('ERROR', 'Ran out of bytes in serialized list', LOGGER);
    throw badData('End of the stream was reached prematurely');
  }
  if (bytes.length === size) return bytes;
  const padded = Buffer.alloc(size);
  bytes.copy(padded);
  return padded;
}

function notMade({ log }: DeserializerSettings, listClass: string, count: number): JavaException {
  const cause = new JavaException('java.lang.reflect.InvocationTargetException');
  cause.cause = new JavaException('java.lang.IllegalArgumentException', `Illegal Capacity: ${count}`);
  log('ERROR', 'Failed to construct list due to ', LOGGER, cause);
  const text = `Could not construct a list instance of "${listClass}"`;
  return Object.assign(new JavaException('org.apache.kafka.common.KafkaException', text), { cause });
}

/** java.io.DataInputStream over the bytes of a record. */
class DataInput {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  int8(): number {
    return this.#exactly(1).readInt8();
  }

  int32(): number {
    return this.#exactly(4).readInt32BE();
  }

  /** So many bytes or what is left; undefined at the end, even for none. */
  upTo(size: number): Buffer | undefined {
    if (this.#at >= this.#bytes.length) return undefined;
    const bytes = this.#bytes.subarray(this.#at, this.#at + size);
    this.#at += bytes.length;
    return bytes;
  }

  #exactly(size: number): Buffer {
    const bytes = this.#bytes.subarray(this.#at, this.#at + size);
    if (bytes.length === size) {
      this.#at += size;
      return bytes;
    }
    const exception = new JavaException('org.apache.kafka.common.KafkaException', 'Unable to deserialize into a List');
    exception.cause = new JavaException('java.io.EOFException');
    throw exception;
  }
}

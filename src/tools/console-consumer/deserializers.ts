import { javaDoubleToString, javaFloatToString } from '../../util/java-double.ts';
import { JavaException } from '../java-exception.ts';
import { NO_MODULES, type UserModules } from '../user-module.ts';
import { userDeserializer } from './user-formatter.ts';

/**
 * Text of a key, a value or a header: what toString() gives of the object that Kafka's deserializer makes of the bytes.
 * @throws JavaException with Kafka's text for bytes that are none of its kind
 */
export interface Deserialize {
  (bytes: Buffer): string | Buffer;
  /** It is not asked for null; Kafka's own get the null literal. */
  readonly leavesNull?: true;
}

type Make = (properties: ReadonlyMap<string, string>, isKey: boolean) => Deserialize;

const MAKERS: Readonly<Record<string, Make>> = {
  StringDeserializer: (properties, isKey) => {
    const encoding =
      properties.get(`${isKey ? 'key' : 'value'}.deserializer.encoding`) ?? properties.get('deserializer.encoding');
    return decoder(encoding ?? 'UTF-8');
  },
  ShortDeserializer: () => sized('ShortDeserializer', 2, (bytes) => String(bytes.readInt16BE())),
  IntegerDeserializer: () => sized('IntegerDeserializer', 4, (bytes) => String(bytes.readInt32BE())),
  LongDeserializer: () => sized('LongDeserializer', 8, (bytes) => String(bytes.readBigInt64BE())),
  FloatDeserializer: () => sized('Deserializer', 4, (bytes) => javaFloatToString(bytes.readFloatBE())),
  DoubleDeserializer: () => sized('Deserializer', 8, (bytes) => javaDoubleToString(bytes.readDoubleBE())),
  BooleanDeserializer: () => sized('BooleanDeserializer', 1, booleanText),
  UUIDDeserializer: () => uuidText,
  // Java's text of a byte array is its address, which helps nobody: the bytes themselves.
  ByteArrayDeserializer: () => (bytes) => bytes,
  ByteBufferDeserializer: () => (bytes) => `java.nio.HeapByteBuffer[pos=0 lim=${bytes.length} cap=${bytes.length}]`,
  BytesDeserializer: () => bytesText,
  VoidDeserializer: () => () => {
    throw new JavaException('java.lang.IllegalArgumentException', 'Data should be null for a VoidDeserializer.');
  },
};

const PACKAGE = 'org.apache.kafka.common.serialization.';

/** The Java class names that `deserializer` knows. */
export const deserializerClasses: readonly string[] = Object.keys(MAKERS).map((name) => PACKAGE + name);

/**
 * The deserializer that a Java class name, or the path of a module, stands for, undefined if there is none.
 * @param properties its own settings, without the prefix `key.deserializer.`
 */
export function deserializer(
  className: string,
  properties: ReadonlyMap<string, string> = new Map(),
  isKey = false,
  modules: UserModules = NO_MODULES,
): Deserialize | undefined {
  const module = modules.get(className);
  if (module) return userDeserializer(module, properties, isKey);
  if (!className.startsWith(PACKAGE)) return undefined;
  const name = className.slice(PACKAGE.length);
  return Object.hasOwn(MAKERS, name) ? MAKERS[name]!(properties, isKey) : undefined;
}

const badData = (message: string) =>
  new JavaException('org.apache.kafka.common.errors.SerializationException', message);

function sized(name: string, size: number, read: (bytes: Buffer) => string): Deserialize {
  return (bytes) => {
    if (bytes.length !== size) throw badData(`Size of data received by ${name} is not ${size}`);
    return read(bytes);
  };
}

const BUFFER_ENCODINGS: Readonly<Record<string, BufferEncoding>> = {
  'utf-8': 'utf8',
  utf8: 'utf8',
  'us-ascii': 'latin1',
  'iso-8859-1': 'latin1',
  'utf-16le': 'utf16le',
};

/** What Node's buffers cannot decode, the text decoder of the platform does. */
function decoder(encoding: string): Deserialize {
  const known = BUFFER_ENCODINGS[encoding.toLowerCase()];
  if (known) return (bytes) => bytes.toString(known);
  const platform = platformDecoder(encoding);
  return (bytes) => platform.decode(bytes);
}

function platformDecoder(encoding: string): InstanceType<typeof TextDecoder> {
  try {
    return new TextDecoder(encoding);
  } catch {
    throw badData(`Unsupported encoding ${encoding}`);
  }
}

function booleanText(bytes: Buffer): string {
  const byte = bytes.readInt8();
  if (byte !== 0 && byte !== 1) throw badData(`Unexpected byte received by BooleanDeserializer: ${byte}`);
  return String(byte === 1);
}

/** UUID.fromString: five hexadecimal numbers, each cut to the digits that its place has. */
function uuidText(bytes: Buffer): string {
  const text = bytes.toString();
  const parts = text.split('-');
  if (text.length > 36 || parts.length !== 5 || !parts.every((part) => /^[0-9a-fA-F]+$/.test(part)))
    throw badData(`Error parsing data into UUID`);
  return parts.map((part, i) => part.toLowerCase().slice(-UUID_DIGITS[i]!).padStart(UUID_DIGITS[i]!, '0')).join('-');
}

const UUID_DIGITS = [8, 4, 4, 4, 12];

/** org.apache.kafka.common.utils.Bytes.toString: printable ASCII but the backslash, the rest as \xNN. */
function bytesText(bytes: Buffer): string {
  let text = '';
  for (const byte of bytes) {
    const plain = byte >= 0x20 && byte < 0x7f && byte !== 0x5c;
    text += plain ? String.fromCharCode(byte) : `\\x${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  }
  return text;
}

// The deserializers of single values in org.apache.kafka.common.serialization, and the serdes that lead to them.
import { javaDoubleToString, javaFloatToString } from '../../util/java-double.ts';
import { illegalArgument, JavaException } from '../java-exception.ts';
import { charsetDecoder } from './charsets.ts';
import { badData, type Deserialize, type DeserializerSettings, type MakeDeserializer } from './deserialize.ts';

export const SERIALIZATION = 'org.apache.kafka.common.serialization.';

/** By the name in front of `Deserializer` and `Serde`. */
const SCALARS: Readonly<Record<string, MakeDeserializer>> = {
  String: (settings) => charsetDecoder(encodingOf(settings) ?? 'UTF-8'),
  Short: () => sized('ShortDeserializer', 2, (bytes) => String(bytes.readInt16BE())),
  Integer: () => sized('IntegerDeserializer', 4, (bytes) => String(bytes.readInt32BE())),
  Long: () => sized('LongDeserializer', 8, (bytes) => String(bytes.readBigInt64BE())),
  Float: () => sized('Deserializer', 4, (bytes) => javaFloatToString(bytes.readFloatBE())),
  Double: () => sized('Deserializer', 8, (bytes) => javaDoubleToString(bytes.readDoubleBE())),
  Boolean: () => sized('BooleanDeserializer', 1, booleanText),
  UUID: uuidDeserializer,
  // Java's text of a byte array is its address, which helps nobody: the bytes themselves.
  ByteArray: () => (bytes) => bytes,
  ByteBuffer: () => (bytes) => `java.nio.HeapByteBuffer[pos=0 lim=${bytes.length} cap=${bytes.length}]`,
  Bytes: () => bytesText,
  Void: () => () => {
    throw new JavaException('java.lang.IllegalArgumentException', 'Data should be null for a VoidDeserializer.');
  },
};

export const scalarDeserializers: ReadonlyMap<string, MakeDeserializer> = new Map(
  Object.entries(SCALARS).map(([name, make]) => [`${SERIALIZATION}${name}Deserializer`, make]),
);

/** What is behind a serde of org.apache.kafka.common.serialization.Serdes. */
export interface Inner {
  readonly make: MakeDeserializer;
  /** Bytes of each value; undefined where they differ (ListDeserializer.FIXED_LENGTH_DESERIALIZERS). */
  readonly size: number | undefined;
}

const SIZES: Readonly<Record<string, number>> = { Short: 2, Integer: 4, Float: 4, Long: 8, Double: 8, UUID: 36 };
const SERDE = /^org\.apache\.kafka\.common\.serialization\.Serdes\$(\w+)Serde$/;

/** The deserializer of a serde class, undefined if there is none. */
export function innerDeserializer(serdeClass: string): Inner | undefined {
  const name = SERDE.exec(serdeClass)?.[1] ?? '';
  return Object.hasOwn(SCALARS, name) ? { make: SCALARS[name]!, size: SIZES[name] } : undefined;
}

const encodingOf = ({ properties, isKey }: DeserializerSettings): string | undefined =>
  properties.get(`${isKey ? 'key' : 'value'}.deserializer.encoding`) ?? properties.get('deserializer.encoding');

function sized(name: string, size: number, read: (bytes: Buffer) => string): Deserialize {
  return (bytes) => {
    if (bytes.length !== size) throw badData(`Size of data received by ${name} is not ${size}`);
    return read(bytes);
  };
}

function booleanText(bytes: Buffer): string {
  const byte = bytes.readInt8();
  if (byte !== 0 && byte !== 1) throw badData(`Unexpected byte received by BooleanDeserializer: ${byte}`);
  return String(byte === 1);
}

const UUID_DIGITS = [8, 4, 4, 4, 12];

/** An encoding that there is not comes to light at the first value. */
function uuidDeserializer(settings: DeserializerSettings): Deserialize {
  const encoding = encodingOf(settings) ?? 'UTF-8';
  let decode: ((bytes: Buffer) => string) | undefined;
  try {
    decode = charsetDecoder(encoding);
  } catch {
    decode = undefined;
  }
  return (bytes) => {
    if (decode) return uuidText(decode(bytes));
    throw badData(`Error when deserializing byte[] to UUID due to unsupported encoding ${encoding}`);
  };
}

/** UUID.fromString: five hexadecimal numbers, each cut to the digits that its place has. */
function uuidText(text: string): string {
  const parts = text.split('-');
  if (text.length > 36 || parts.length !== 5 || !parts.every((part) => /^[0-9a-fA-F]+$/.test(part)))
    throw Object.assign(badData('Error parsing data into UUID'), {
      cause: illegalArgument(text.length > 36 ? 'UUID string too large' : `Invalid UUID string: ${text}`),
    });
  return parts.map((part, i) => part.toLowerCase().slice(-UUID_DIGITS[i]!).padStart(UUID_DIGITS[i]!, '0')).join('-');
}

/** org.apache.kafka.common.utils.Bytes.toString: printable ASCII but the backslash, the rest as \xNN. */
function bytesText(bytes: Buffer): string {
  let text = '';
  for (const byte of bytes) {
    const plain = byte >= 0x20 && byte < 0x7f && byte !== 0x5c;
    text += plain ? String.fromCharCode(byte) : `\\x${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  }
  return text;
}

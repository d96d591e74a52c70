// Keys of windowed tables of Kafka Streams (org.apache.kafka.streams.kstream), printed as Windowed.toString() does.
import { JavaException } from '../java-exception.ts';
import { badSetting, type Deserialize, type DeserializerSettings } from './deserialize.ts';
import { innerDeserializer } from './scalar-deserializers.ts';

const PACKAGE = 'org.apache.kafka.streams.kstream.';
const INNER = 'windowed.inner.deserializer.class';
const OLD_INNER = 'windowed.inner.class.serde';
const LONG_BYTES = 8;
const LONG_MAX = 2n ** 63n - 1n;

const illegal = (message: string) => new JavaException('java.lang.IllegalArgumentException', message);

/** SessionWindowedDeserializer: key, end and start (SessionKeySchema). */
export function sessionWindowedDeserializer(settings: DeserializerSettings): Deserialize {
  const logger = `${PACKAGE}SessionWindowedDeserializer`;
  const inner = configuredInner(
    settings,
    logger,
    'Inner class deserializer should be set either via constructor or via the windowed.inner.deserializer.class config',
  );
  return (bytes) => {
    const key = inner(beforeEnd(bytes, 2 * LONG_BYTES));
    const endMs = bytes.readBigInt64BE(bytes.length - 2 * LONG_BYTES);
    const startMs = bytes.readBigInt64BE(bytes.length - LONG_BYTES);
    checkWindow(startMs, endMs);
    return `[${key}@${startMs}/${endMs}]`;
  };
}

/** TimeWindowedDeserializer: key and start (WindowKeySchema); how long a window is comes from `window.size.ms`. */
export function timeWindowedDeserializer(settings: DeserializerSettings): Deserialize {
  const sizeMs = windowSize(settings.properties.get('window.size.ms'));
  const logger = `${PACKAGE}TimeWindowedDeserializer`;
  const inner = configuredInner(
    settings,
    logger,
    'Inner class deserializer should be set either via  constructor or via the windowed.inner.deserializer.class config',
  );
  return (bytes) => {
    const key = inner(beforeEnd(bytes, LONG_BYTES));
    const startMs = bytes.readBigInt64BE(bytes.length - LONG_BYTES);
    const endMs = windowEnd(startMs, sizeMs, settings);
    checkWindow(startMs, endMs);
    if (startMs === endMs) throw illegal('Window endMs must be greater than window startMs.');
    return `[${key}@${startMs}/${endMs}]`;
  };
}

function windowSize(text: string | undefined): bigint {
  if (text === undefined)
    throw illegal(
      'Window size needs to be set either through the time windowed deserializer constructor or the window.size.ms config but not both',
    );
  const value = /^[+-]?\d+$/.test(text) ? BigInt(text.replace('+', '')) : undefined;
  if (value === undefined || BigInt.asIntN(64, value) !== value)
    throw new JavaException('java.lang.NumberFormatException', `For input string: "${text}"`);
  return value;
}

/** Java's sum of two longs wraps, which an end beyond the last moment shows. */
function windowEnd(startMs: bigint, sizeMs: bigint, { log }: DeserializerSettings): bigint {
  const endMs = BigInt.asIntN(64, startMs + sizeMs);
  if (endMs >= 0n) return endMs;
  const logger = 'org.apache.kafka.streams.state.internals.WindowKeySchema';
  log('WARN', 'Warning: window end time was truncated to Long.MAX', logger);
  return LONG_MAX;
}

function checkWindow(startMs: bigint, endMs: bigint): void {
  if (startMs < 0n) throw illegal('Window startMs time cannot be negative.');
  if (endMs < startMs) throw illegal('Window endMs time cannot be smaller than window startMs time.');
}

/** What stands before the last `size` bytes. Nothing at all is no window. */
function beforeEnd(bytes: Buffer, size: number): Buffer {
  if (bytes.length === 0) throw new JavaException('java.lang.NullPointerException');
  if (bytes.length < size) throw new JavaException('java.lang.NegativeArraySizeException', String(bytes.length - size));
  return bytes.subarray(0, bytes.length - size);
}

/** The inner deserializer is made, but as in Kafka not configured. */
function configuredInner(
  { properties, isKey, log }: DeserializerSettings,
  logger: string,
  missing: string,
): (bytes: Buffer) => string {
  const name = !properties.has(INNER) && properties.has(OLD_INNER) ? OLD_INNER : INNER;
  if (name === OLD_INNER) log('WARN', `Config ${OLD_INNER} is deprecated. Please use ${INNER} instead.`, logger);
  const serde = properties.get(name);
  if (serde === undefined) throw illegal(missing);
  const inner = innerDeserializer(serde);
  if (!inner) throw badSetting(name, serde, `Serde class ${serde} could not be found.`);
  const deserialize = inner.make({ properties: new Map(), isKey, log });
  return (bytes) => String(deserialize(bytes));
}

import type { TimestampType } from '../../protocol/records/record.ts';
import { noSuchKind } from '../java-classes.ts';
import { JavaException } from '../java-exception.ts';
import { NO_MODULES, type UserModules } from '../user-module.ts';
import type { Deserialize } from './deserialize.ts';
import { deserializer } from './deserializers.ts';
import type { Formatter, FormatterLog, PrintableRecord } from './formatter.ts';
import type { OutputBuffer } from './output-buffer.ts';
import { namingRecords } from './user-formatter.ts';

interface Deserializers {
  readonly deserializeKey: Deserialize | undefined;
  readonly deserializeValue: Deserialize | undefined;
  readonly deserializeHeaders: Deserialize | undefined;
}

interface Settings extends Deserializers {
  readonly keySeparator: Buffer;
  readonly lineSeparator: Buffer;
  readonly headersSeparator: Buffer;
  readonly nullLiteral: Buffer;
}

const LOGGER = 'org.apache.kafka.tools.consumer.DefaultMessageFormatter';

type Piece = (record: PrintableRecord, partition: number, out: OutputBuffer, settings: Settings) => void;

/** The pieces of a line, in the order in which they are printed, each by the property that asks for it. */
const PIECES: readonly (readonly [property: string, piece: Piece])[] = [
  ['print.timestamp', ({ timestamp, timestampType }, _, out) => out.text(timestampText(timestamp, timestampType))],
  ['print.partition', (_, partition, out) => out.text(`Partition:${partition}`)],
  ['print.offset', ({ offset }, _, out) => out.text(`Offset:${offset}`)],
  ['print.delivery', ({ deliveryCount }, _, out) => out.text(`Delivery:${deliveryCount ?? 'NOT_PRESENT'}`)],
  ['print.epoch', (_, _partition, out) => out.text('Epoch:NOT_PRESENT')],
  ['print.headers', printHeaders],
  ['print.key', ({ key }, _, out, settings) => print(key, settings.deserializeKey, out, settings)],
  ['print.value', ({ value }, _, out, settings) => print(value, settings.deserializeValue, out, settings)],
];

/**
 * org.apache.kafka.tools.consumer.DefaultMessageFormatter. Without a deserializer the bytes go out as they are.
 * @param log is told of a deserializer that cannot be had; the bytes are printed then
 */
export function defaultFormatter(
  properties: ReadonlyMap<string, string>,
  log: FormatterLog,
  modules: UserModules = NO_MODULES,
): Formatter {
  const settings = readSettings(properties, log, modules);
  const wanted = (property: string) => {
    const text = properties.get(property);
    return text === undefined ? property === 'print.value' : text.trim().toLowerCase() === 'true';
  };
  const pieces = PIECES.filter(([property]) => wanted(property)).map(([, piece]) => piece);
  const { keySeparator, lineSeparator, nullLiteral } = settings;
  if (pieces.length === 1 && wanted('print.value') && !settings.deserializeValue)
    return { write: ({ value }, _, out) => out.pair(value ?? nullLiteral, lineSeparator) };
  return namingRecords({
    write(record, partition, out) {
      for (let i = 0; i < pieces.length; i++) {
        pieces[i]!(record, partition, out, settings);
        out.bytes(i + 1 < pieces.length ? keySeparator : lineSeparator);
      }
    },
  });
}

function readSettings(properties: ReadonlyMap<string, string>, log: FormatterLog, modules: UserModules): Settings {
  const bytes = (name: string, fallback: string) => Buffer.from(properties.get(name) ?? fallback);
  return {
    keySeparator: bytes('key.separator', '\t'),
    lineSeparator: bytes('line.separator', '\n'),
    headersSeparator: bytes('headers.separator', ','),
    nullLiteral: bytes('null.literal', 'null'),
    ...deserializersOf(properties, log, modules),
  };
}

/** The deserializers that the properties name; `log` is told of those that cannot be had. */
export function deserializersOf(
  properties: ReadonlyMap<string, string>,
  log: FormatterLog,
  modules: UserModules = NO_MODULES,
): Deserializers {
  const deserialize = (name: string, isKey = false) => {
    const className = properties.get(name);
    if (className === undefined) return undefined;
    const found = orFailure(() =>
      deserializer(className, { properties: withoutPrefix(properties, `${name}.`), isKey, log }, modules),
    );
    if (typeof found === 'function') return found;
    const cause = found ?? noSuchKind(className, 'org.apache.kafka.common.serialization.Deserializer');
    log('ERROR', `Unable to instantiate a deserializer from ${className}`, LOGGER, cause);
    return undefined;
  };
  return {
    deserializeKey: deserialize('key.deserializer', true),
    deserializeValue: deserialize('value.deserializer'),
    deserializeHeaders: deserialize('headers.deserializer'),
  };
}

/** What Java throws while a deserializer is made. A module's failure is no reason to print bytes instead. */
function orFailure(make: () => Deserialize | undefined): Deserialize | JavaException | undefined {
  try {
    return make();
  } catch (error) {
    if (error instanceof JavaException) return error;
    throw error;
  }
}

const withoutPrefix = (properties: ReadonlyMap<string, string>, prefix: string): Map<string, string> =>
  new Map(
    [...properties].flatMap(([name, value]) =>
      name.length > prefix.length && name.startsWith(prefix) ? [[name.slice(prefix.length), value] as const] : [],
    ),
  );

const timestampText = (timestamp: number, type: TimestampType): string => `${type}:${timestamp}`;

function printHeaders({ headers }: PrintableRecord, _: number, out: OutputBuffer, settings: Settings): void {
  if (headers.length === 0) out.text('NO_HEADERS');
  headers.forEach(({ key, value }, i) => {
    if (i > 0) out.bytes(settings.headersSeparator);
    out.text(`${key}:`);
    print(value, settings.deserializeHeaders, out, settings);
  });
}

/** A deserializer gets the null literal for null, as in Kafka. */
function print(
  bytes: Buffer | null,
  deserialize: Deserialize | undefined,
  out: OutputBuffer,
  settings: Settings,
): void {
  const present = bytes ?? settings.nullLiteral;
  const printed = deserialize && !(bytes === null && deserialize.leavesNull) ? deserialize(present) : present;
  if (typeof printed === 'string') out.text(printed);
  else out.bytes(printed);
}

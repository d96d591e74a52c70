import { UsageError } from './errors.ts';
import type { ParsedOptions } from './parsed.ts';
import type { OptionTable } from './table.ts';

// The checks that Kafka's scripts share (org.apache.kafka.server.util.CommandLineUtils and ToolsUtils), with their texts.

type Name<T extends OptionTable> = keyof T & string;

/** Where the checks of a script say what is no error; see ScriptContext. */
export interface Listener {
  warn(line: string): void;
  notice(line: string): void;
}

/** Every one of these options must be there. */
export function checkRequired<T extends OptionTable>(options: ParsedOptions<T>, ...required: Name<T>[]): void {
  for (const name of required) if (!options.has(name)) throw new UsageError(`Missing required argument "[${name}]"`);
}

/** Exactly one of these options must be there. */
export function checkOneOf<T extends OptionTable>(options: ParsedOptions<T>, ...names: Name<T>[]): void {
  if (names.filter((name) => options.has(name)).length === 1) return;
  const list = names.map((name) => `[${name}]`).join(', ');
  throw new UsageError(`Exactly one of the following arguments is required: ${list}`);
}

/** With `used`, none of the others may be there. */
export function checkInvalid<T extends OptionTable>(
  options: ParsedOptions<T>,
  used: Name<T>,
  invalid: readonly Name<T>[],
): void {
  if (!options.has(used)) return;
  for (const name of invalid)
    if (options.has(name)) throw new UsageError(`Option "[${used}]" can't be used with option "[${name}]"`);
}

/** Two spellings of the same thing: `first` is named first in the message. */
export function checkTogether<T extends OptionTable>(options: ParsedOptions<T>, first: Name<T>, second: Name<T>): void {
  if (options.has(first) && options.has(second))
    throw new UsageError(`Options --${first} and --${second} cannot be specified together.`);
}

/** With all of `used` together, none of the others may be there; `hint` ends the message. */
export function checkInvalidSet<T extends OptionTable>(
  options: ParsedOptions<T>,
  used: readonly Name<T>[],
  invalid: readonly Name<T>[],
  hint = '',
): void {
  if (!used.every((name) => options.has(name))) return;
  for (const name of invalid) {
    if (!options.has(name)) continue;
    const combination = used.map((other) => `[${other}]`).join(', ');
    throw new UsageError(`Option combination "[${combination}]" can't be used with option "[${name}]"${hint}`);
  }
}

/** Exactly one of the actions must be there; `message` is the script's own text. */
export function checkOneAction<T extends OptionTable, N extends Name<T>>(
  options: ParsedOptions<T>,
  actions: readonly N[],
  message: string,
): N {
  const given = actions.filter((name) => options.has(name));
  if (given.length !== 1) throw new UsageError(message);
  return given[0]!;
}

const HOST_AND_PORT = /^(?:[0-9a-zA-Z\-%._]*:\/\/)?\[?[0-9a-zA-Z\-%._:]*\]?:\d+$/;

/** Every part of a bootstrap list must be `[protocol://]host:port` (console-producer, get-offsets, replica-verification). */
export function checkBootstrapAddress(addresses: string | undefined): void {
  if (!addresses) throw new UsageError('Error while validating the bootstrap address\n');
  const parts = addresses.replace(/,+$/, '').split(',');
  if (!parts.every((part) => HOST_AND_PORT.test(part)))
    throw new UsageError('Please provide valid host:port like host1:9091,host2:9092\n');
}

/**
 * `key=value` arguments as a map: split at the first `=`, a missing value is the empty text, the last of several
 * with the same key counts, backslashes stay as they are.
 */
export function keyValues(args: readonly string[]): Map<string, string> {
  return new Map(
    args.map((arg) => {
      const equals = arg.indexOf('=');
      return equals < 0 ? [arg, ''] : [arg.slice(0, equals), arg.slice(equals + 1)];
    }),
  );
}

import { OptionError } from './errors.ts';
import { convert, NotConvertible } from './java-values.ts';
import type { OptionSpec, OptionTable, ValueOf } from './table.ts';

type Name<T extends OptionTable> = keyof T & string;

/** One option as it was found on the command line; a flag, and an optional argument left out, have no value. */
export interface Occurrence {
  readonly name: string;
  readonly value: string | undefined;
}

/**
 * The options of one command line. Values are converted only when they are read, as Kafka's parser does: a bad number in
 * an option that the action does not look at is no error.
 */
export class ParsedOptions<T extends OptionTable = OptionTable> {
  readonly #table: OptionTable;
  /** Every option in the order of the command line. */
  readonly occurrences: readonly Occurrence[];
  /** Words that belong to no option. */
  readonly positionals: readonly string[];
  /** The sub-commands chosen (argparse scripts), outermost first. */
  readonly commands: readonly string[];

  constructor(
    table: OptionTable,
    occurrences: readonly Occurrence[],
    positionals: readonly string[] = [],
    commands: readonly string[] = [],
  ) {
    this.#table = table;
    this.occurrences = occurrences;
    this.positionals = positionals;
    this.commands = commands;
  }

  /** Whether the option is on the command line. */
  has(name: Name<T>): boolean {
    return this.occurrences.some((occurrence) => occurrence.name === name);
  }

  /** Whether the option is on the command line with an argument. */
  hasArgument(name: Name<T>): boolean {
    return this.occurrences.some((occurrence) => occurrence.name === name && occurrence.value !== undefined);
  }

  /**
   * The value of an option that takes one: its default, or undefined, when it is not given.
   * Throws OptionError with jopt-simple's texts when a value cannot be converted or there are several.
   */
  value<N extends Name<T>>(name: N): ValueOf<T[N]> | undefined {
    const values = this.values(name);
    if (values.length > 1)
      throw new OptionError(
        `Found multiple arguments for option ${name}, but you asked for only one`,
        'joptsimple.MultipleArgumentsForOptionException',
      );
    return values[0];
  }

  /** All values of a repeatable option in the order of the command line; its default, if it has one, when not given. */
  values<N extends Name<T>>(name: N): ValueOf<T[N]>[] {
    const spec = this.#table[name] as OptionSpec;
    const given = this.occurrences.flatMap((o) => (o.name === name && o.value !== undefined ? [o.value] : []));
    if (given.length === 0) return spec.default === undefined ? [] : [spec.default as ValueOf<T[N]>];
    return given.map((value) => convertOption(name, spec, value) as ValueOf<T[N]>);
  }

  /** Whether the option is one that Kafka's script does not have. */
  isOwn(name: Name<T>): boolean {
    return Object.hasOwn(this.#table, name) && this.#table[name]?.own === true;
  }

  /** The same command line without some options. */
  without(names: readonly string[]): ParsedOptions<T> {
    const others = this.occurrences.filter(({ name }) => !names.includes(name));
    return new ParsedOptions(this.#table, others, this.positionals, this.commands);
  }

  /** The same command line for what knows only a part of the options: every one of `table` has to be in this one, too. */
  as<P extends OptionTable>(_table: T extends P ? P : never): ParsedOptions<P> {
    return new ParsedOptions<P>(this.#table, this.occurrences, this.positionals, this.commands);
  }

  /** The same command line with one more option at its end (for defaults that ktool adds). */
  with(name: Name<T>, value?: string): ParsedOptions<T> {
    return new ParsedOptions(this.#table, [...this.occurrences, { name, value }], this.positionals, this.commands);
  }
}

function convertOption(name: string, spec: OptionSpec, value: string): string | number | boolean {
  try {
    return convert(spec.type, value);
  } catch (error) {
    if (!(error instanceof NotConvertible)) throw error;
    throw new OptionError(
      `Cannot parse argument '${value}' of option ${name}`,
      'joptsimple.OptionArgumentConversionException',
    );
  }
}

import type { OptionTable } from './table.ts';

/** A line that works as printed, for the help text. */
export interface Example {
  readonly about: string;
  /** Without the leading `ktool`. */
  readonly command: string;
}

/**
 * How a jopt-simple script reports a command line that it cannot parse (kafka-scripts: the scripts differ):
 * `usage` the message and the option table, `message` the message alone (and a stack trace, which
 * ktool leaves out), `error` the message after `Error occurred: `, `uncaught` as Java reports an exception that nobody caught.
 */
export type ParseErrorStyle = 'usage' | 'message' | 'error' | 'uncaught';

interface ScriptBase {
  /** ktool's name for it: `topics`. */
  readonly name: string;
  /** Kafka's name for it: `kafka-topics`. */
  readonly kafkaName: string;
  /** One sentence, in our own words, without a full stop. */
  readonly about: string;
  /** The line that Kafka's script prints above its option table. */
  readonly headline: string;
  readonly examples: readonly Example[];
  /** The address may be among the client settings: the script itself says what a missing --bootstrap-server means. */
  readonly addressInSettings?: boolean;
}

/** A script whose command line Kafka parses with jopt-simple 5.0.4. */
export interface JoptScript<T extends OptionTable = OptionTable> extends ScriptBase {
  readonly parser: 'jopt';
  readonly parseErrors: ParseErrorStyle;
  /**
   * Where Kafka's parser knows required options, its option table begins with a line that says so, and that line is
   * printed under Kafka's rules.
   */
  readonly tableHeading?: string;
  readonly options: T;
  /** Words without an option, for the help text. */
  readonly positionals?: OptionTable;
}

/** Options of which at most one (required: exactly one) may be given. */
export interface ExclusiveGroup {
  readonly options: readonly string[];
  readonly required?: boolean;
}

/** What argparse4j reads at one level: the script itself, or one sub-command. */
export interface ArgparseLevel<T extends OptionTable = OptionTable> {
  readonly about: string;
  readonly options: T;
  readonly exclusive?: readonly ExclusiveGroup[];
  /** Arguments known by their place, in order. */
  readonly positionals?: OptionTable;
  readonly commands?: Readonly<Record<string, ArgparseLevel>>;
}

/** A script whose command line Kafka parses with argparse4j 0.7.0. */
export interface ArgparseScript<L extends ArgparseLevel = ArgparseLevel> extends Omit<ScriptBase, 'headline'> {
  readonly parser: 'argparse';
  readonly level: L;
  /** The name in front of error messages where it is not kafkaName. */
  readonly prog?: string;
  /** Exit status of `--help` under Kafka's rules: the scripts differ. */
  readonly helpExit: 0 | 1;
  /** `line`: an error is one line without the usage (features). */
  readonly parseErrors?: 'line';
  /** No arguments at all print the help and exit 0 (the performance and verifiable tools). */
  readonly helpWithoutArguments?: boolean;
  /** `@file` on the command line is replaced by the lines of that file (storage). */
  readonly fromFilePrefix?: string;
}

export type Script = JoptScript | ArgparseScript;

type UnionToIntersection<U> = (U extends unknown ? (u: U) => void : never) extends (i: infer I) => void ? I : never;
type CommandOptions<L> = L extends { readonly commands: infer C }
  ? UnionToIntersection<{ [K in keyof C]: LevelOptions<C[K]> }[keyof C]>
  : unknown;
type PositionalOptions<L> = L extends { readonly positionals: infer P } ? P : unknown;
/** The options of a level and of all sub-commands below it. */
export type LevelOptions<L> = (L extends { readonly options: infer O } ? O : unknown) &
  PositionalOptions<L> &
  CommandOptions<L>;

/** The table that the parsed options of a script are read by. */
export type OptionsOf<S extends Script> =
  S extends JoptScript<infer T>
    ? T
    : S extends { readonly level: infer L }
      ? LevelOptions<L> extends OptionTable
        ? LevelOptions<L>
        : OptionTable
      : never;

/** Keeps the literal types of a script's tables. */
export const joptScript = <T extends OptionTable>(script: Omit<JoptScript<T>, 'parser'>): JoptScript<T> => ({
  ...script,
  parser: 'jopt',
});

/** Keeps the literal types of a script's tables. */
export const argparseScript = <L extends ArgparseLevel>(
  script: Omit<ArgparseScript<L>, 'parser'>,
): ArgparseScript<L> => ({ ...script, parser: 'argparse' });

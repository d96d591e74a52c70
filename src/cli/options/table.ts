/**
 * The option table of a script: the one place that says which options it has. From it come the two parsers (jopt.ts,
 * argparse.ts), the help text (help.ts), oclif's flags (flags.ts) and shell completion (../completion/).
 *
 * The keys of a table are the option names as Kafka spells them, without dashes.
 */
export type ValueType = 'string' | 'short' | 'int' | 'long' | 'double' | 'boolean';

/** What completion can offer for a value: names from the cluster or of contexts, files, or a fixed list of words. */
export type Suggestion = 'topics' | 'groups' | 'contexts' | 'files' | readonly string[];

interface OptionDetails {
  /** What stands for the value in the help text, for example `HOST:PORT`. */
  readonly placeholder?: string;
  /** The heading under which the help text shows the option; "Options" by default. */
  readonly group?: string;
  /** May be given more than once (for the help text; the parsers accept any number and fail when one value is read). */
  readonly repeatable?: boolean;
  /** The parser itself refuses a command line without it. Options that only an action needs are checked by the script. */
  readonly required?: boolean;
  /** jopt-simple's availableIf: the option may only be given together with one of these. */
  readonly onlyWith?: readonly string[];
  /** What value() answers when the option is not given. */
  readonly default?: string | number | boolean;
  /** Splits one argument into several values (jopt-simple's withValuesSeparatedBy). */
  readonly separator?: string;
  /** argparse: the second spelling, one letter, as `b` for `-b`. */
  readonly short?: string;
  /** argparse: the option takes one or more (`+`) or any number (`*`) of words. */
  readonly nargs?: '+' | '*' | '?';
  /** argparse: every occurrence adds a value; without it the last one counts. */
  readonly append?: boolean;
  /** argparse: the only values that are accepted. */
  readonly choices?: readonly string[];
  /** Deprecated: what to use in its place, `''` when there is nothing. */
  readonly deprecated?: string;
  /** ktool's own: no script of Kafka's has it, so it is not there when everything is to be Kafka's. */
  readonly own?: boolean;
  readonly suggest?: Suggestion;
}

interface Described {
  /** What it does, in our own words, without a full stop at the end. */
  readonly about: string;
}

export interface FlagSpec extends OptionDetails, Described {
  readonly argument: 'none';
  readonly type: 'string';
}
export interface TextSpec extends OptionDetails, Described {
  readonly argument: 'required' | 'optional';
  readonly type: 'string';
}
export interface NumberSpec extends OptionDetails, Described {
  readonly argument: 'required' | 'optional';
  readonly type: 'short' | 'int' | 'long' | 'double';
}
export interface BooleanSpec extends OptionDetails, Described {
  readonly argument: 'required';
  readonly type: 'boolean';
}

export type OptionSpec = FlagSpec | TextSpec | NumberSpec | BooleanSpec;
export type OptionTable = Readonly<Record<string, OptionSpec>>;

/** The type that value() answers for an option. */
export type ValueOf<S extends OptionSpec | undefined> = S extends NumberSpec
  ? number
  : S extends BooleanSpec
    ? boolean
    : string;

/** An option without an argument. */
export const flag = (about: string, details: OptionDetails = {}): FlagSpec => ({
  ...details,
  about,
  argument: 'none',
  type: 'string',
});

/** An option with a text argument. */
export const text = (placeholder: string, about: string, details: OptionDetails = {}): TextSpec => ({
  ...details,
  placeholder,
  about,
  argument: 'required',
  type: 'string',
});

/** An option whose text argument may be left out. */
export const optionalText = (placeholder: string, about: string, details: OptionDetails = {}): TextSpec => ({
  ...text(placeholder, about, details),
  argument: 'optional',
});

const numeric =
  (type: NumberSpec['type']) =>
  (placeholder: string, about: string, details: OptionDetails = {}): NumberSpec => ({
    ...details,
    placeholder,
    about,
    argument: 'required',
    type,
  });

/** An option with a 16-bit integer argument. */
export const short = numeric('short');
/** An option with a 32-bit integer argument. */
export const int = numeric('int');
/** An option with a 64-bit integer argument; it is read as a number, so it is exact up to 2^53. */
export const long = numeric('long');
/** The same with an argument that may be left out. */
export const optionalLong = (placeholder: string, about: string, details: OptionDetails = {}): NumberSpec => ({
  ...long(placeholder, about, details),
  argument: 'optional',
});
export const optionalInt = (placeholder: string, about: string, details: OptionDetails = {}): NumberSpec => ({
  ...int(placeholder, about, details),
  argument: 'optional',
});
/** An option with a floating-point argument. */
export const double = numeric('double');

/** An option with the argument `true` or `false`. */
export const boolean = (about: string, details: OptionDetails = {}): BooleanSpec => ({
  ...details,
  placeholder: 'true|false',
  about,
  argument: 'required',
  type: 'boolean',
});

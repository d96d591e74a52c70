import { hashMapOrder, javaStringHash } from '../../util/java-hash.ts';
import { OptionError } from './errors.ts';
import { convert } from './java-values.ts';
import { type Occurrence, ParsedOptions } from './parsed.ts';
import type { OptionSpec, OptionTable } from './table.ts';

/**
 * A parser with the rules of jopt-simple 5.0.4 as Kafka's scripts use it (kafka-scripts §1.3, KIP-14 spelling):
 * `--opt v`, `--opt=v`, and the same with one dash; a required argument swallows any next word; an optional one only a word
 * that does not look like an option; the value given to a flag is ignored; `--` ends the options; other words are kept aside.
 *
 * Kafka's scripts switch abbreviations off. ktool under its own name accepts an unambiguous beginning of a name, as the
 * scripts did before Kafka 1.0: `abbreviations` decides.
 *
 * Throws OptionError with jopt-simple's texts.
 */
export function parseJopt<T extends OptionTable>(
  table: T,
  argv: readonly string[],
  { abbreviations = false }: { abbreviations?: boolean } = {},
): ParsedOptions<T> {
  const parser = new JoptParser(table, argv, abbreviations);
  parser.run();
  checkRequired(table, parser.found);
  checkAvailable(table, parser.found);
  return new ParsedOptions<T>(table, parser.found, parser.positionals);
}

class JoptParser {
  readonly found: Occurrence[] = [];
  readonly positionals: string[] = [];
  readonly #table: OptionTable;
  readonly #argv: readonly string[];
  readonly #abbreviations: boolean;
  #next = 0;

  constructor(table: OptionTable, argv: readonly string[], abbreviations: boolean) {
    this.#table = table;
    this.#argv = argv;
    this.#abbreviations = abbreviations;
  }

  run(): void {
    while (this.#next < this.#argv.length) {
      const word = this.#argv[this.#next++]!;
      if (word === '--') {
        this.positionals.push(...this.#argv.slice(this.#next));
        return;
      }
      if (word.startsWith('--')) this.#long(word.slice(2));
      else if (looksLikeOption(word)) this.#short(word.slice(1));
      else this.positionals.push(word);
    }
  }

  #long(word: string): void {
    const { key, value } = split(word);
    const name = this.#resolve(key);
    if (name === undefined) throw unrecognized(key);
    this.#add(name, value);
  }

  #short(word: string): void {
    const { key, value } = split(word);
    const name = this.#resolve(key);
    if (name === undefined) this.#cluster(word);
    else this.#add(name, value);
  }

  /** `-abc` is `-a -b -c`, or `-a bc` when a takes an argument. */
  #cluster(letters: string): void {
    for (const letter of letters) {
      const spec = this.#spec(letter);
      if (spec === undefined) throw unrecognized(letter, split(letters).key);
      if (spec.argument !== 'none') break;
    }
    for (let i = 0; i < letters.length; i++) {
      const takesArgument = this.#spec(letters[i]!)!.argument !== 'none';
      this.#add(letters[i]!, takesArgument && i + 1 < letters.length ? letters.slice(i + 1) : undefined);
      if (takesArgument) return;
    }
  }

  #add(name: string, attached: string | undefined): void {
    const spec = this.#spec(name)!;
    if (spec.argument === 'none') this.found.push({ name, value: undefined });
    else if (attached !== undefined) this.#addValues(name, spec, attached);
    else if (spec.argument === 'optional') this.#addOptional(name, spec);
    else if (this.#next < this.#argv.length) this.#addValues(name, spec, this.#argv[this.#next++]!);
    else
      throw new OptionError(`Option ${name} requires an argument`, 'joptsimple.OptionMissingRequiredArgumentException');
  }

  #addOptional(name: string, spec: OptionSpec): void {
    const next = this.#argv[this.#next];
    const isValue = next !== undefined && convertible(spec, next) && (!looksLikeOption(next) || spec.type !== 'string');
    if (!isValue) {
      this.found.push({ name, value: undefined });
      return;
    }
    this.#next++;
    this.#addValues(name, spec, next);
  }

  #addValues(name: string, spec: OptionSpec, argument: string): void {
    const values = spec.separator === undefined ? [] : argument.split(spec.separator).filter((value) => value !== '');
    for (const value of values.length > 0 ? values : [argument]) this.found.push({ name, value });
  }

  #spec(name: string): OptionSpec | undefined {
    return Object.hasOwn(this.#table, name) ? this.#table[name] : undefined;
  }

  #resolve(key: string): string | undefined {
    if (this.#spec(key) !== undefined) return key;
    if (!this.#abbreviations || key === '') return undefined;
    const candidates = Object.keys(this.#table).filter((name) => name.startsWith(key));
    // An option of ktool's own makes no beginning ambiguous that was clear to Kafka's script.
    const kafkas = candidates.filter((name) => !this.#table[name]!.own);
    const meant = kafkas.length > 0 ? kafkas : candidates;
    return meant.length === 1 ? meant[0] : undefined;
  }
}

const looksLikeOption = (word: string): boolean => word.startsWith('-') && word !== '-' && word !== '--';

function split(word: string): { key: string; value: string | undefined } {
  const equals = word.indexOf('=');
  return equals < 0 ? { key: word, value: undefined } : { key: word.slice(0, equals), value: word.slice(equals + 1) };
}

/** Nothing at all passes, as it has no part that does not (ArgumentAcceptingOptionSpec.canConvertArgument). */
function convertible(spec: OptionSpec, value: string): boolean {
  if (value === '') return true;
  try {
    convert(spec.type, value);
    return true;
  } catch {
    return false;
  }
}

const unrecognized = (key: string, word = key): OptionError =>
  new OptionError(`${key} is not a recognized option`, 'joptsimple.UnrecognizedOptionException', word);

const wantsHelp = (given: ReadonlySet<string>): boolean => given.has('help') || given.has('version');

// jopt-simple keeps its options, and those that depend on others, in java.util.HashMaps and lists them as those iterate.

function checkRequired(table: OptionTable, found: readonly Occurrence[]): void {
  const given = new Set(found.map(({ name }) => name));
  if (wantsHelp(given)) return;
  const options = hashMapOrder(Object.keys(table), javaStringHash);
  const missing = options.filter((name) => table[name]!.required && !given.has(name));
  if (missing.length > 0)
    throw new OptionError(
      `Missing required option(s) [${missing.join(', ')}]`,
      'joptsimple.MissingRequiredOptionsException',
    );
}

function checkAvailable(table: OptionTable, found: readonly Occurrence[]): void {
  const given = new Set(found.map(({ name }) => name));
  if (wantsHelp(given)) return;
  const dependent = Object.keys(table).filter((name) => table[name]!.onlyWith !== undefined);
  const misplaced = hashMapOrder(dependent, (name) => (31 + javaStringHash(name)) | 0).filter(
    (name) => given.has(name) && table[name]!.onlyWith?.every((other) => !given.has(other)),
  );
  if (misplaced.length > 0)
    throw new OptionError(
      `Option(s) [${misplaced.join(', ')}] are unavailable given other options on the command line`,
      'joptsimple.UnavailableOptionException',
    );
}

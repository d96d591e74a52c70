import { ArgparseError } from './argparse-error.ts';
import { sharesOf } from './argparse-positionals.ts';
import { type ArgparseSettings, ArgparseWords, UnreadableWords } from './argparse-words.ts';
import { InsteadOfAction } from './errors.ts';
import { convert, javaTypeName, NotConvertible } from './java-values.ts';
import { type Occurrence, ParsedOptions } from './parsed.ts';
import type { ArgparseLevel, ArgparseScript, ExclusiveGroup, OptionsOf } from './script.ts';
import { flagsOf, spellings } from './spellings.ts';
import { candidates } from './suggest.ts';
import type { OptionSpec, OptionTable } from './table.ts';

/**
 * A parser with the rules of argparse4j 0.7.0 (kafka-scripts §1.4): options and sub-commands may be shortened to an
 * unambiguous beginning, values are converted at once, a word beginning with `-` is never a value (a negative number is),
 * options and groups may be required, `-h` ends parsing where it stands.
 *
 * Throws ArgparseError, or InsteadOfAction for -h/--help and --version.
 */
export function parseArgparse<S extends ArgparseScript>(
  script: S,
  argv: readonly string[],
  settings: ArgparseSettings = {},
): ParsedOptions<OptionsOf<S>> {
  const state: State = {
    words: new ArgparseWords(argv, script.fromFilePrefix, settings),
    found: [],
    table: {},
    commands: [],
    deferred: undefined,
  };
  new LevelParser(script.level, state).run();
  if (state.deferred) throw state.deferred;
  return new ParsedOptions(state.table as OptionsOf<S>, state.found, [], state.commands);
}

interface State {
  readonly words: ArgparseWords;
  found: Occurrence[];
  table: Record<string, OptionSpec>;
  commands: readonly string[];
  /** A missing option is reported only if nothing worse follows, a -h of the sub-command for example. */
  deferred: ArgparseError | undefined;
}

class LevelParser {
  readonly #level: ArgparseLevel;
  readonly #state: State;
  readonly #flags: ReadonlyMap<string, string>;
  readonly #positionals: OptionTable;
  readonly #words: string[] = [];
  readonly #usedInGroup = new Map<ExclusiveGroup, string>();
  readonly #used = new Set<string>();

  constructor(level: ArgparseLevel, state: State) {
    this.#level = level;
    this.#state = state;
    this.#flags = flagsOf(level.options);
    this.#positionals = level.positionals ?? {};
    Object.assign(state.table, level.options, this.#positionals);
  }

  run(): void {
    const { words } = this.#state;
    const commands = this.#level.commands;
    while (!words.isEmpty) {
      if (this.#atFlag() && words.next !== '--') this.#option(words.next!);
      else if (words.next === '--' && !words.separatorSeen) words.passSeparator();
      else if (this.#positionalsOpen()) this.#words.push(words.take());
      else if (!words.separatorSeen && commands) {
        this.#finish();
        this.#command(commands, words.next!);
        return;
      } else throw this.#error(`unrecognized arguments: '${words.rest}'`);
    }
    if (commands) throw this.#error('too few arguments');
    this.#finish();
  }

  #command(commands: Readonly<Record<string, ArgparseLevel>>, word: string): void {
    const names = Object.keys(commands);
    const matching = names.includes(word) ? [word] : word === '' ? [] : names.filter((name) => name.startsWith(word));
    if (matching.length > 1) throw this.#error(`ambiguous command: ${word} could match ${matching.sort().join(', ')}`);
    const name = matching[0];
    if (name === undefined) {
      const choices = names.map((choice) => `'${choice}'`).join(', ');
      throw this.#error(`invalid choice: '${word}' (choose from ${choices})`, candidates(word, names), word);
    }
    this.#state.words.take();
    this.#state.commands = [...this.#state.commands, name];
    new LevelParser(commands[name]!, this.#state).run();
  }

  #option(word: string): void {
    const equals = word.indexOf('=');
    const flag = equals < 0 ? word : word.slice(0, equals);
    const attached = equals < 0 ? undefined : word.slice(equals + 1);
    const name = this.#resolve(flag);
    this.#state.words.take();
    if (name !== undefined) this.#process(name, attached);
    else if (/^-[^-]/.test(word)) this.#cluster(word);
    else throw this.#unrecognized(word);
  }

  /** `-ab` is `-a -b`, or `-a b` when a takes an argument. */
  #cluster(word: string): void {
    for (let i = 1; i < word.length; i++) {
      const name = this.#flags.get(`-${word[i]}`);
      if (name === undefined) throw this.#unrecognized(word);
      if (this.#takesArgument(name)) {
        this.#process(name, i + 1 < word.length ? word.slice(i + 1) : undefined);
        return;
      }
      this.#process(name, undefined);
    }
  }

  #resolve(flag: string): string | undefined {
    const exact = this.#flags.get(flag);
    if (exact !== undefined) return exact;
    const begun = [...this.#flags.keys()].filter((known) => known.startsWith(flag));
    // An option of ktool's own makes no beginning ambiguous that was clear to Kafka's script.
    const kafkas = begun.filter((known) => !this.#level.options[this.#flags.get(known)!]?.own);
    const matching = kafkas.length > 0 ? kafkas : begun;
    const cluster = /^-[^-]/.test(flag) && [...flag.slice(1)].every((letter) => this.#flags.has(`-${letter}`));
    if (matching.length === 0) return undefined;
    if (matching.length === 1 && !cluster) return this.#flags.get(matching[0]!);
    if (cluster) matching.push(flag.slice(0, 2));
    throw this.#error(`ambiguous option: ${flag} could match ${matching.sort().join(', ')}`);
  }

  #process(name: string, attached: string | undefined): void {
    if (name === 'help') throw new InsteadOfAction('help', this.#state.commands);
    const spec = this.#level.options[name]!;
    this.#checkExclusive(name);
    this.#used.add(name);
    if (spec.argument === 'none') {
      if (attached !== undefined) throw this.#error(`ignore implicit argument '${attached}'`, [], undefined, name);
      if (name === 'version') throw new InsteadOfAction('version', this.#state.commands);
      this.#state.found.push({ name, value: undefined });
      return;
    }
    const values = this.#argumentsOf(name, spec, attached);
    // An option that is given again takes the place of what it said before, unless its values are collected.
    const others = this.#state.found.filter((occurrence) => spec.append || occurrence.name !== name);
    this.#state.found = [...others, ...values.map((value) => ({ name, value }))];
  }

  /** The arguments that belong to an option: one, or as many as its nargs allow; none leaves the option without a value. */
  #argumentsOf(name: string, spec: OptionSpec, attached: string | undefined): (string | undefined)[] {
    const many = spec.nargs === '+' || spec.nargs === '*';
    const values = attached === undefined ? [] : [attached];
    const { words } = this.#state;
    while (attached === undefined && !words.isEmpty && !this.#atFlag()) {
      if (!many && values.length === 1) break;
      values.push(words.take());
    }
    for (const value of values) this.#checkValue(name, spec, value);
    if (values.length > 0) return values;
    if (spec.nargs === '+') throw this.#error('expected 1 argument(s)', [], undefined, name);
    if (spec.nargs === undefined && spec.argument === 'required')
      throw this.#error('expected one argument', [], undefined, name);
    return [undefined];
  }

  #checkValue(name: string, spec: OptionSpec, value: string): void {
    try {
      convert(spec.type, value);
    } catch (error) {
      if (!(error instanceof NotConvertible)) throw error;
      const type = javaTypeName(spec.type);
      throw this.#error(`could not convert '${value}' to ${type} (${error.message})`, [], undefined, name);
    }
    if (spec.choices && !spec.choices.includes(value))
      throw this.#error(`invalid choice: '${value}' (choose from {${spec.choices.join(',')}})`, [], undefined, name);
  }

  #checkExclusive(name: string): void {
    for (const group of this.#level.exclusive ?? []) {
      if (!group.options.includes(name)) continue;
      const other = this.#usedInGroup.get(group);
      if (other !== undefined && other !== name)
        throw this.#error(`not allowed with argument ${this.#textual(other)}`, [], undefined, name);
      this.#usedInGroup.set(group, name);
    }
  }

  /** Hands the collected words to the positional arguments, then looks for required options that are missing. */
  #finish(): void {
    this.#distribute();
    const state = this.#state;
    const missing = Object.keys(this.#level.options).filter(
      (n) => this.#level.options[n]!.required && !this.#used.has(n),
    );
    const last = missing.at(-1);
    if (last !== undefined) state.deferred ??= this.#error(`argument ${this.#textual(last)} is required`);
    for (const group of this.#level.exclusive ?? []) {
      if (!group.required || this.#usedInGroup.has(group)) continue;
      const names = group.options.map((name) => this.#textual(name)).join(' ');
      state.deferred ??= this.#error(`one of the arguments ${names} is required`);
    }
  }

  #distribute(): void {
    const specs = Object.values(this.#positionals);
    const shares = sharesOf(specs, this.#words.length);
    if (!shares) throw this.#error('too few arguments');
    const words = [...this.#words];
    Object.entries(this.#positionals).forEach(([name, spec], i) => {
      const values = words.splice(0, shares[i]);
      for (const value of values) {
        this.#checkValue(name, spec, value);
        this.#state.found.push({ name, value });
      }
    });
  }

  #positionalsOpen(): boolean {
    const specs = Object.values(this.#positionals);
    if (specs.some((spec) => spec.nargs === '+' || spec.nargs === '*')) return true;
    return this.#words.length < specs.length;
  }

  #atFlag(): boolean {
    try {
      return this.#state.words.atFlag;
    } catch (error) {
      throw error instanceof UnreadableWords ? this.#error(error.message) : error;
    }
  }

  #takesArgument(name: string): boolean {
    return name !== 'help' && this.#level.options[name]!.argument !== 'none';
  }

  #textual(name: string): string {
    return spellings(name, this.#level.options[name] ?? this.#positionals[name]).join('/');
  }

  #unrecognized(word: string): ArgparseError {
    const body = word.replace(/^-+/, '');
    const longFlags = [...this.#flags.keys()].filter((flag) => flag.replace(/^-+/, '').length > 1);
    const meant = body.length >= 2 ? candidates(body, longFlags) : [];
    return this.#error(`unrecognized arguments: '${word}'`, meant, word);
  }

  #error(message: string, meant: readonly string[] = [], unknown?: string, option?: string): ArgparseError {
    const text = option === undefined ? message : `argument ${this.#textual(option)}: ${message}`;
    return new ArgparseError(text, this.#state.commands, meant, unknown);
  }
}

import type { ArgparseLevel, Script } from '../options/script.ts';
import type { OptionSpec, OptionTable, Suggestion } from '../options/table.ts';

/** One thing that could stand where the cursor is. */
export interface Completion {
  readonly word: string;
  readonly about: string;
}

/** The shell is to offer files. */
export const FILES = 'files';

export interface CompletionSources {
  /** All commands by the words that name them. */
  readonly commands: readonly { readonly name: string; readonly summary: string }[];
  /** The script of a command, undefined if the command is none. */
  script(name: string): Promise<Script | undefined>;
  /** Names from the cluster that the words so far are about; none when it does not answer. */
  names(kind: 'topics' | 'groups', words: readonly string[]): Promise<readonly string[]>;
}

/**
 * What could stand where the cursor is. `words` are those after the program's name, the last one is being typed (it may be
 * empty). bash takes `--opt=value` apart at the equals sign; that is understood as well.
 */
export async function complete(
  words: readonly string[],
  sources: CompletionSources,
): Promise<readonly Completion[] | typeof FILES> {
  const joined = joinEquals(words);
  const current = joined.at(-1) ?? '';
  const commandWords = joined.slice(0, -1).filter((word) => !word.startsWith('-'));
  const script = commandWords[0] === undefined ? undefined : await sources.script(commandWords[0]);
  if (!script) return startingWith(current, nextWords(sources.commands, joined.slice(0, -1)));
  const level = levelAt(script, commandWords.slice(1));
  const option = optionToFill(level.options, joined);
  if (option) return suggestions(option.spec.suggest, option.typed, option.prefix, joined, sources);
  const commands = Object.entries(level.commands ?? {}).map(([word, { about }]) => ({ word, about }));
  return startingWith(current, [...commands, ...optionNames(level.options)]);
}

/** `--opt`, `=`, `value` as one word. */
function joinEquals(words: readonly string[]): string[] {
  const joined: string[] = [];
  for (const word of words) {
    const last = joined.at(-1);
    if (word === '=' && last?.startsWith('-')) joined[joined.length - 1] = `${last}=`;
    else if (last?.startsWith('-') && last.endsWith('=')) joined[joined.length - 1] = `${last}${word}`;
    else joined.push(word);
  }
  return joined;
}

/** The words that can follow the ones given in the names of commands. */
function nextWords(commands: CompletionSources['commands'], before: readonly string[]): Completion[] {
  const found = new Map<string, string>();
  for (const { name, summary } of commands) {
    const parts = name.split(' ');
    const word = parts[before.length];
    if (word === undefined || before.some((part, i) => part !== parts[i])) continue;
    found.set(word, parts.length === before.length + 1 ? summary : (found.get(word) ?? `${word} …`));
  }
  return [...found].map(([word, about]) => ({ word, about }));
}

function levelAt(script: Script, words: readonly string[]): ArgparseLevel {
  if (script.parser === 'jopt') return { about: script.about, options: script.options };
  let level: ArgparseLevel = script.level;
  for (const word of words) level = level.commands?.[word] ?? level;
  return level;
}

const optionNames = (table: OptionTable): Completion[] =>
  Object.entries(table).flatMap(([name, { about, deprecated }]) =>
    deprecated === undefined ? [{ word: `--${name}`, about }] : [],
  );

/** The option whose value is being typed: the one before the cursor, or the one of `--opt=val`. */
function optionToFill(
  table: OptionTable,
  words: readonly string[],
): { spec: OptionSpec; typed: string; prefix: string } | undefined {
  const current = words.at(-1) ?? '';
  const attached = /^--?([^=]+)=(.*)$/s.exec(current);
  if (attached) {
    const spec = specOf(table, attached[1]!);
    return spec && { spec, typed: attached[2]!, prefix: current.slice(0, current.length - attached[2]!.length) };
  }
  const before = /^--?(.+)$/.exec(words.at(-2) ?? '')?.[1];
  const spec = before === undefined ? undefined : specOf(table, before);
  if (!spec || spec.argument === 'none' || (spec.argument === 'optional' && current.startsWith('-'))) return undefined;
  return { spec, typed: current, prefix: '' };
}

const specOf = (table: OptionTable, name: string): OptionSpec | undefined =>
  table[name] ?? Object.values(table).find((spec) => spec.short === name);

async function suggestions(
  suggest: Suggestion | undefined,
  typed: string,
  prefix: string,
  words: readonly string[],
  sources: CompletionSources,
): Promise<readonly Completion[] | typeof FILES> {
  if (suggest === undefined) return [];
  if (suggest === 'files') return FILES;
  const values = suggest === 'topics' || suggest === 'groups' ? await sources.names(suggest, words) : suggest;
  const completions = startingWith(
    typed,
    values.map((word) => ({ word, about: '' })),
  );
  return completions.map(({ word, about }) => ({ word: `${prefix}${word}`, about }));
}

const startingWith = (typed: string, completions: readonly Completion[]): Completion[] =>
  completions.filter(({ word }) => word.startsWith(typed)).sort((a, b) => (a.word < b.word ? -1 : 1));

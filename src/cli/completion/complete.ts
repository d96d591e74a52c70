import type { ArgparseLevel, Script } from '../options/script.ts';
import type { OptionSpec, OptionTable, Suggestion } from '../options/table.ts';

/** One thing that could stand where the cursor is. */
export interface Completion {
  readonly word: string;
  readonly about: string;
}

/** The shell is to offer files. */
export const FILES = 'files';

/** Words in the name of a command. */
const LONGEST_NAME = 2;

export interface CompletionSources {
  /** All commands by the words that name them; `argument` are the words that can follow one that has no options. */
  readonly commands: readonly {
    readonly name: string;
    readonly summary: string;
    readonly argument?: readonly string[];
  }[];
  /** The script of the command with these words (`topics`, `server start`), undefined if there is none. */
  script(name: string): Promise<Script | undefined>;
  /** Names of contexts, or from the cluster that the words so far are about; none when it does not answer. */
  names(kind: 'topics' | 'groups' | 'contexts', words: readonly string[]): Promise<readonly string[]>;
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
  const found = await findScript(commandWords, sources);
  if (!found) return startingWith(current, nextWords(sources.commands, joined.slice(0, -1)));
  const level = levelAt(found.script, found.rest);
  const option = optionToFill(level.options, joined);
  if (option) return suggestions(option.spec.suggest, option.typed, option.prefix, joined, sources);
  const commands = Object.entries(level.commands ?? {}).map(([word, { about }]) => ({ word, about }));
  if (current !== '' && !current.startsWith('-') && takes(found.script, 'files')) return FILES;
  if (!current.startsWith('-') && takes(found.script, 'contexts'))
    return suggestions('contexts', current, '', joined, sources);
  return startingWith(current, [...commands, ...optionNames(level.options)]);
}

async function findScript(words: readonly string[], sources: CompletionSources) {
  for (let count = 1; count <= Math.min(words.length, LONGEST_NAME); count++) {
    const script = await sources.script(words.slice(0, count).join(' '));
    if (script) return { script, rest: words.slice(count) };
  }
  return undefined;
}

const takes = (script: Script, what: Suggestion): boolean =>
  script.parser === 'jopt' && Object.values(script.positionals ?? {}).some(({ suggest }) => suggest === what);

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
  for (const { name, summary, argument = [] } of commands) {
    const parts = name.split(' ');
    if (name === before.join(' ')) for (const word of argument) found.set(word, '');
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
  const values =
    suggest === 'topics' || suggest === 'groups' || suggest === 'contexts'
      ? await sources.names(suggest, words)
      : suggest;
  const completions = startingWith(
    typed,
    values.map((word) => ({ word, about: '' })),
  );
  return completions.map(({ word, about }) => ({ word: `${prefix}${word}`, about }));
}

const startingWith = (typed: string, completions: readonly Completion[]): Completion[] =>
  completions.filter(({ word }) => word.startsWith(typed)).sort((a, b) => (a.word < b.word ? -1 : 1));

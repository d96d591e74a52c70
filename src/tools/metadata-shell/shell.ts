// The commands of the metadata shell, with the words of org.apache.kafka.shell.command.
import { columnsOf } from './columns.ts';
import { childOf, isDirectory, type ShellNode } from './node.ts';
import { type Found, lastName, lookUp } from './paths.ts';

const SUMMARIES: Readonly<Record<string, string>> = {
  cat: 'Show the contents of metadata files.',
  cd: 'Set the current working directory.',
  exit: 'Exit the metadata shell.',
  find: 'Search for nodes in the directory hierarchy.',
  help: 'Display this help message.',
  history: 'Print command history.',
  ls: 'List metadata nodes.',
  man: 'Show the help text for a specific command.',
  pwd: 'Print the current working directory.',
  tree: 'Show the contents of metadata nodes in a tree structure.',
};
/** The arguments of each: none, one that may be left out, one, any number, at least one. */
const ARGUMENTS: Readonly<Record<string, '' | '?' | '1' | '*' | '+'>> = {
  ...{ cat: '+', cd: '?', exit: '', find: '*', help: '', history: '?', ls: '*', man: '1', pwd: '', tree: '+' },
};
const ONE_SHOT = ['cat', 'find', 'ls', 'tree'];

export interface ShellOptions {
  /** Someone types: all commands, columns of this width, if it has one. Otherwise those commands that make sense once. */
  readonly interactive?: { readonly width: number | undefined };
}

/** A shell on a tree; it keeps the working directory and what was typed. */
export class Shell {
  readonly #root: ShellNode;
  readonly #options: ShellOptions;
  #workingDirectory = '/';
  readonly #history: string[] = [];
  /** `exit` was typed. */
  ended = false;

  constructor(root: ShellNode, options: ShellOptions = {}) {
    this.#root = root;
    this.#options = options;
  }

  /**
   * Runs one command line; a mistake is a line of the answer, as in Kafka.
   * @returns the lines of the answer; going through them throws an Error at a node that Kafka's shell cannot enter either
   */
  run(words: readonly string[], line = words.join(' ')): Iterable<string> {
    const given = [...words];
    while (given.at(-1) === '') given.pop();
    const [name, ...args] = given;
    if (name === undefined) return [];
    this.#history.push(line);
    return this.#refusal(name, args) ?? this.#run(name, args);
  }

  get #commands(): string[] {
    return this.#options.interactive ? Object.keys(SUMMARIES) : ONE_SHOT;
  }

  #refusal(name: string, args: readonly string[]): string[] | undefined {
    const commands = this.#commands;
    if (!commands.includes(name)) {
      const meant = commands.filter((each) => each.startsWith(name));
      if (meant.length === 1) return [`invalid choice: '${name}': did you mean '${meant[0]}'?`];
      if (meant.length > 1) return [`ambiguous command: ${name} could match ${meant.join(', ')}`];
      return [`invalid choice: '${name}' (choose from ${commands.map((each) => `'${each}'`).join(', ')})`];
    }
    const takes = ARGUMENTS[name]!;
    const most = takes === '*' || takes === '+' ? Number.POSITIVE_INFINITY : takes === '' ? 0 : 1;
    if (args.length > most) return [`unrecognized arguments: '${args.slice(most).join(' ')}'`];
    return args.length === 0 && (takes === '1' || takes === '+') ? ['too few arguments'] : undefined;
  }

  #run(name: string, args: readonly string[]): Iterable<string> {
    switch (name) {
      case 'cat':
        return args.flatMap((path) => this.#cat(path));
      case 'cd':
        return this.#cd(args[0] ?? '/');
      case 'exit':
        this.ended = true;
        return [];
      case 'find':
        return this.#find(pathsOf(args));
      case 'help':
        return ['Welcome to the Apache Kafka metadata shell.', '', ...this.#help()];
      case 'history':
        return this.#showHistory(args[0]);
      case 'ls':
        return this.#ls(pathsOf(args));
      case 'man':
        return this.#man(args[0]!);
      case 'pwd':
        return [this.#workingDirectory];
      default:
        return args.flatMap((path) => this.#tree(path));
    }
  }

  #lookUp(path: string): Found[] {
    return lookUp(this.#root, this.#workingDirectory, path);
  }

  #cat(path: string): string[] {
    const found = this.#lookUp(path);
    if (found.length === 0) return [`cat: ${path}: No such file or directory.`];
    return found.map(({ node }) => (isDirectory(node) ? `cat: ${path}: Is a directory` : node.text));
  }

  #cd(path: string): string[] {
    const found = this.#lookUp(path);
    if (found.length === 0) return [`cd: ${path}: no such directory.`];
    return found.flatMap(({ node, path: parts }) => {
      if (!isDirectory(node)) return [`cd: ${path}: not a directory.`];
      this.#workingDirectory = `/${parts.join('/')}`;
      return [];
    });
  }

  *#find(paths: readonly string[]): Generator<string> {
    for (const path of paths) {
      const found = this.#lookUp(path);
      if (found.length === 0) yield `find: ${path}: no such file or directory.`;
      for (const { node } of found) yield* below(path, node);
    }
  }

  #tree(path: string): string[] {
    const found = this.#lookUp(path);
    if (found.length === 0) return [`tree: ${path}: No such file or directory.`];
    return found.flatMap(({ node }) => [...drawn(node, '')]);
  }

  #ls(paths: readonly string[]): string[] {
    const missing: string[] = [];
    const files: string[] = [];
    const directories: { name: string; children: string[] }[] = [];
    for (const path of paths) {
      const found = this.#lookUp(path);
      if (found.length === 0) missing.push(`ls: ${path}: no such file or directory.`);
      for (const each of found)
        if (isDirectory(each.node))
          directories.push({ name: lastName(each), children: each.node.children.map(([name]) => name) });
        else files.push(lastName(each));
    }
    const width = this.#options.interactive?.width;
    const lines = [...missing, ...columnsOf(files, width)];
    const needsNames = files.length > 0 || directories.length > 1;
    let isFirst = files.length === 0;
    for (const { name, children } of directories) {
      if (needsNames && children.length > 0) lines.push(...(isFirst ? [] : ['']), `${name}:`);
      if (needsNames) isFirst = false;
      lines.push(...columnsOf(children, width));
    }
    return lines;
  }

  #help(): string[] {
    return this.#commands.map((name) => `  ${name.padEnd(9)}${SUMMARIES[name]}`);
  }

  #man(name: string): string[] {
    const about = SUMMARIES[name];
    if (about === undefined) return [`man: unknown command ${name}. Type help to get a list of commands.`];
    const shapes = { '': '', '?': ' [ARGUMENT]', '1': ' COMMAND', '*': ' [PATH ...]', '+': ' PATH [PATH ...]' };
    return [`${name}: ${about}`, '', `usage: ${name}${shapes[ARGUMENTS[name]!]}`];
  }

  #showHistory(count: string | undefined): string[] {
    if (count !== undefined && !/^[+-]?\d+$/.test(count))
      return [`argument numEntriesToShow: could not convert '${count}' to Integer (For input string: "${count}")`];
    const from = count === undefined ? 0 : Math.max(0, this.#history.length - Number(count));
    return this.#history.slice(from).map((line, i) => `${String(from + i).padStart(5)}  ${line}`);
  }
}

/** Without a path that says something: the working directory. */
function pathsOf(args: readonly string[]): readonly string[] {
  const paths = args.filter((path) => path !== '');
  return paths.length === 0 ? ['.'] : paths;
}

function* below(path: string, node: ShellNode): Generator<string> {
  yield path;
  if (!isDirectory(node)) return;
  for (const [name] of node.children) {
    const child = childOf(node, name);
    if (!child) throw new Error(`Expected ${name} to be a valid child of ${path}, but it was not.`);
    yield* below(path === '/' ? `/${name}` : `${path}/${name}`, child);
  }
}

function* drawn(node: ShellNode, indent: string): Generator<string> {
  if (!isDirectory(node)) {
    yield `${indent}${node.text}`;
    return;
  }
  for (const [name, child] of node.children) {
    yield `${indent}${name}:`;
    if (child) yield* drawn(child, `${indent}  `);
  }
}

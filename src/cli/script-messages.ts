import type { Compat } from './compat.ts';
import { KAFKA_COMMIT, KAFKA_VERSION } from './kafka-version.ts';
import { ArgparseError } from './options/argparse-error.ts';
import { argparseErrorText } from './options/argparse-messages.ts';
import type { OptionError, UsageError } from './options/errors.ts';
import { helpText } from './options/help.ts';
import type { ArgparseLevel, JoptScript, Script } from './options/script.ts';
import { candidates } from './options/suggest.ts';
import type { OptionTable } from './options/table.ts';
import type { Output } from './output.ts';
import { plainMistake } from './terminal/plain-words.ts';
import { folded } from './terminal/width.ts';

/** Which script says something, and to whom. */
export interface Place {
  readonly script: Script;
  readonly argv: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  readonly compat: Compat;
  readonly output: Output;
}

/** Prints the help text where it belongs; returns the exit status. */
export function reportHelp({ script, argv, env, compat, output }: Place, commands: readonly string[]): number {
  const heading = output.colour && compat.helpOnStdout ? (text: string) => `\u001b[1m${text}\u001b[22m` : undefined;
  const width = output.isTerminal ? output.width : 100;
  const own = helpText(script, { width, commands, ownOptions: compat.ownOptions, ...(heading && { heading }) });
  const text = own.replaceAll(new RegExp(`ktool ${script.name}(?![\\w-])`, 'g'), typedName(script, env));
  if (compat.helpOnStdout) {
    output.draw(output.isTerminal ? fitted(text, width) : text);
    return compat.kafkaExits ? helpExit(script, argv) : 0;
  }
  if (script.parser === 'jopt') output.warn(`${script.headline}\n${text}`);
  else output.write(text);
  return helpExit(script, argv);
}

/** What the help's own columns leave too wide; examples stay whole, for who copies them. */
const fitted = (text: string, width: number): string =>
  text
    .split('\n')
    .map((line) => (/^ *\$ /.test(line) ? line : folded(line, width)))
    .join('\n');

const helpExit = (script: Script, argv: readonly string[]): number =>
  script.parser === 'jopt' ? 1 : argv.length > 0 ? script.helpExit : script.helpWithoutArguments ? 0 : 1;

/** Prints the version of Kafka that the scripts follow: jopt-simple scripts the number alone. */
export function reportVersion({ script, output }: Place): number {
  output.print(script.parser === 'jopt' ? KAFKA_VERSION : `${KAFKA_VERSION} (Commit:${KAFKA_COMMIT})`);
  return 0;
}

/** Prints what Kafka's parser says of a command line; the exit status is 1 for everyone. */
export function reportParseError(place: Place, error: OptionError): number {
  const { script, env, compat, output } = place;
  if (!compat.hints) {
    if (error instanceof ArgparseError && script.parser === 'argparse')
      output.stderr.write(argparseErrorText(script, error, env.COLUMNS));
    else if (script.parser === 'jopt') output.stderr.write(joptErrorText(script, error, optionTable(place)));
    return 1;
  }
  output.complain(wordsAt(output, error.message));
  const unknown = error.unknown;
  const meant = unknown === undefined ? [] : candidates(unknown, knownWords(script, error, compat));
  if (meant.length > 0) output.warn(`Did you mean ${meant.join(' or ')}?`);
  else showHelpHint(place, seeHelp(place, error instanceof ArgparseError ? error.commands : []));
  return 1;
}

/** Prints a message that Kafka's script follows with its option table. */
export function reportUsageError(place: Place, error: UsageError): number {
  const { compat, output } = place;
  if (compat.hints) {
    output.complain(wordsAt(output, error.message));
    showHelpHint(place, seeHelp(place, []));
  } else {
    output.warn(error.message);
    output.warn(optionTable(place));
  }
  return 1;
}

/** A pipe gets Kafka's words, which scripts look for; a person options as they are typed. */
const wordsAt = (output: Output, message: string): string =>
  output.stderr.isTTY === true ? plainMistake(message) : message;

/** Where help is; for a person with an example of what they have begun to type. */
function showHelpHint({ script, argv, output }: Place, see: string): void {
  const typed = argv.filter((word) => /^--[a-z]/.test(word)).map((word) => word.split('=')[0]!);
  const like = script.examples.find(({ command }) => {
    const words = command.split(/[ =]/);
    return (typed[0] !== undefined || argv[0] !== undefined) && words.includes(typed[0] ?? argv[0]!);
  });
  if (output.stderr.isTTY === true && like !== undefined) output.warn(`For example: ktool ${like.command}`);
  output.warn(see);
}

function joptErrorText(script: JoptScript, error: OptionError, table: string): string {
  switch (script.parseErrors) {
    case 'usage':
      return `${error.message}\n${table}`;
    case 'message':
      return `${error.message}\n`;
    case 'error':
      return `Error occurred: ${error.message}\n`;
    case 'uncaught':
      return `Exception in thread "main" ${error.javaClass}: ${error.message}\n`;
  }
}

const optionTable = ({ script, compat }: Place): string => {
  const heading = script.parser === 'jopt' && script.tableHeading ? `${script.tableHeading}\n` : '';
  return heading + helpText(script, { width: 100, ownOptions: compat.ownOptions });
};

const seeHelp = ({ script, env }: Place, commands: readonly string[]): string =>
  `See: ${[typedName(script, env), ...commands].join(' ')} --help`;

/** How the script was called: a folder of `ktool dist init` has no ktool. */
const typedName = (script: Script, { KTOOL_SCRIPT: name }: NodeJS.ProcessEnv): string =>
  name === undefined ? `ktool ${script.name}` : `${name}.sh`;

function knownWords(script: Script, error: OptionError, { ownOptions }: Compat): string[] {
  const flags = (table: OptionTable) =>
    Object.keys(table).flatMap((name) => (table[name]!.own && !ownOptions ? [] : [`--${name}`]));
  if (script.parser === 'jopt') return flags(script.options);
  const commands = error instanceof ArgparseError ? error.commands : [];
  const level = commands.reduce((at: ArgparseLevel, name) => at.commands?.[name] ?? at, script.level);
  if (!error.unknown?.startsWith('-')) return Object.keys(level.commands ?? {});
  return ['--help', ...flags(level.options)];
}

/**
 * The base of the commands that mirror Kafka's scripts. To add a script:
 *
 * 1. its option table in `options/scripts/<name>.ts`: joptScript() or argparseScript(), whichever parser Kafka uses for it;
 * 2. beside it a function that checks the options as Kafka's script does before it talks to a cluster, with the functions
 *    of `options/checks.ts`: throw UsageError where Kafka prints the option table after the message, Error where it does not;
 * 3. `src/tools/<name>/<action>.ts`: (admin, what to do) => Report, with no printing and no exit;
 * 4. `src/commands/<name>.ts`: `export default scriptCommand({ script, run, failure })`, where `run` parses nothing: it
 *    checks the options, calls the tool (within withAdmin) and returns the Report; `failure` says how this script words a
 *    failure;
 * 5. its name in `dist/scripts.ts`, what --json prints in `documents/`, and, if something goes for good by it, its name in
 *    `own-options/table.ts` and the calls that do it in `terminal/guard.ts`;
 * 6. `npm run build` writes the manifest; test the table's checks in `test/cli/options/scripts/<name>.test.ts`, give
 *    `test/cli/documents/cases.ts` and `test/e2e/every-terminal.test.ts` lines with an answer, and run
 *    `npx vitest run test/cli/flags.test.ts test/cli/documents/readme.test.ts -u`, which writes down its flags and documents.
 *
 * The result has the shape that oclif wants of a command (id, summary, flags, run), so oclif finds it, lists it in its
 * manifest and runs it. It does not inherit from oclif's Command, and `run` gets the raw words: oclif's parser refuses
 * command lines that Kafka's scripts accept, and loading oclif would take a third of the start-up time of a command.
 */

import type { Report } from '../tools/report.ts';
import { type Compat, compatOf, exitStatus } from './compat.ts';
import { hint } from './failure-text.ts';
import type { SignalSource } from './interrupt.ts';
import { asksForJson, printErrorDocument, refuseForms, whyNoForms } from './json-wanted.ts';
import type { LightCommand } from './light-command.ts';
import { ArgparseError } from './options/argparse-error.ts';
import { InsteadOfAction, OptionError, UsageError } from './options/errors.ts';
import type { OclifFlag } from './options/flags.ts';
import { oclifFlags } from './options/flags.ts';
import { parseScript } from './options/parse-script.ts';
import type { ParsedOptions } from './options/parsed.ts';
import { modernWords } from './options/removed.ts';
import type { OptionsOf, Script } from './options/script.ts';
import { Output } from './output.ts';
import { ownChoices } from './own-options/choices.ts';
import { ALL_FORMS, withOwnOptions } from './own-options/table.ts';
import { type Format, formatFor, printNotice, printReport } from './print.ts';
import { type Failure, printFailure, tellFailure } from './script-failure.ts';
import { reportHelp, reportParseError, reportUsageError, reportVersion } from './script-messages.ts';
import { type Answers, type Confirm, confirmAt, keyboard } from './terminal/confirm.ts';
import { plainLog } from './terminal/plain-words.ts';
import { visible } from './terminal/visible.ts';
import type { WatchSettings } from './terminal/watch.ts';
import { folded } from './terminal/width.ts';

/** What an action has to hand. */
export interface ScriptContext<S extends Script = Script> {
  readonly options: ParsedOptions<OptionsOf<S>>;
  /** The words of the command line, for messages that quote them. */
  readonly argv: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  readonly compat: Compat;
  readonly output: Output;
  /** The form the result will be printed in. */
  readonly format: Format;
  /** Prints at once a line that Kafka's script puts on standard output before its result (deprecations, warnings). */
  notice(line: string): void;
  /** Asks before something goes for good; undefined where nothing is asked. openAdmin() puts it to use. */
  readonly confirm?: Confirm | undefined;
  /** Nothing is to be asked: --yes or --force of ours. */
  readonly yes: boolean;
}

export interface ScriptDefinition<S extends Script> {
  readonly script: S;
  /** What --output can ask for; every form unless the command writes as it goes. */
  readonly forms?: readonly Format[];
  /**
   * Turns the words of an old form of the command line into those of today's, before they are parsed.
   * @throws Error with the message that ends the script
   */
  rewrite?(argv: readonly string[], place: Pick<ScriptContext, 'compat' | 'output'>): readonly string[];
  /** Does what the command line asks for. A command that writes as it goes (console-consumer) returns how it ended. */
  run(context: ScriptContext<S>): Promise<Report | Exit>;
  /** The message of an error that `run` throws; by default its text on standard error. */
  failure?(error: Error, context: ScriptContext<S>): Failure;
}

/** The exit status of a command that has written its own output: 130 after Ctrl-C, for example. */
export class Exit {
  readonly status: number;
  constructor(status: number) {
    this.status = status;
  }
}

export interface ScriptCommand extends LightCommand {
  readonly script: Script;
  readonly flags: Readonly<Record<string, OclifFlag>>;
  readonly hiddenAliases: readonly string[];
  /** Runs the script on the words after its name and ends the process with its exit status. */
  run(argv: readonly string[]): Promise<void>;
  /** Runs the script and answers its exit status. */
  execute(argv: readonly string[], surroundings: Surroundings): Promise<number>;
}

export interface Surroundings {
  readonly env: NodeJS.ProcessEnv;
  readonly output: Output;
  /** Who answers questions; the process's own terminal by default. */
  readonly answers?: Answers;
  /** Where Ctrl-C comes from; the process by default. */
  readonly signals?: SignalSource;
}

/** Makes the command of a script; see the head of this file. */
export function scriptCommand<S extends Script>(definition: ScriptDefinition<S>): ScriptCommand {
  const script = withOwnOptions(definition.script, definition.forms ?? ALL_FORMS);
  return {
    id: script.name,
    script,
    summary: script.about,
    strict: false,
    args: {},
    hiddenAliases: [script.kafkaName, `${script.kafkaName}.sh`],
    examples: script.examples.map(({ about, command }) => ({
      description: about,
      command: `<%= config.bin %> ${command}`,
    })),
    flags: oclifFlags(script),
    async run(argv) {
      const output = new Output(process.stdout, process.stderr, process.env, () => process.exit());
      const status = await execute({ ...definition, script }, argv, { env: process.env, output });
      await output.flush();
      process.exit(status);
    },
    execute: (argv, surroundings) => execute({ ...definition, script }, argv, surroundings),
  };
}

async function execute<S extends Script>(
  definition: ScriptDefinition<S>,
  argv: readonly string[],
  surroundings: Surroundings,
): Promise<number> {
  const { env, output } = surroundings;
  const { script } = definition;
  const compat = compatOf(env);
  const place = { script, argv, env, compat, output };
  const toPerson = compat.hints && output.stderr.isTTY === true;
  if (toPerson) output.wordWarnings((line) => forPerson(line, output));
  let parsed: ReturnType<typeof chosen<S>>;
  try {
    const words = compat.removedOptions ? modernWords(script, argv, (line) => output.warn(line)) : argv;
    const rewritten = definition.rewrite?.(words, { compat, output }) ?? words;
    parsed = chosen(definition, rewritten, compat);
    if (compat.manner === 'script') tellAddress(parsed.options as unknown as ParsedOptions, rewritten, output);
  } catch (error) {
    if (error instanceof InsteadOfAction && error.what === 'version') return reportVersion(place);
    if (error instanceof InsteadOfAction) return reportHelp(place, error.commands);
    const reason = compat.ownOptions ? await whyNoForms(script.name, argv, script) : undefined;
    if (reason !== undefined) return refuseForms(reason, argv, output);
    if (compat.ownOptions && error instanceof Error && asksForJson(argv)) printErrorDocument(error.message, output);
    if (error instanceof UsageError) return reportUsageError(place, error);
    if (error instanceof OptionError) return reportParseError(place, error);
    if (!definition.rewrite || !(error instanceof Error)) throw error;
    output.complain(error.message);
    return 1;
  }
  const { options, choices } = parsed;
  const asked = [script.name, ...options.commands, ...options.occurrences.map(({ name }) => `--${name}`)];
  const format = formatFor(output, { wanted: choices.form, tables: compat.tables });
  const notice = (line: string) => printNotice(line, format, output);
  const confirm = compat.asks && !choices.yes ? confirmAt(output, surroundings.answers ?? keyboard) : undefined;
  const context = { options, argv, env, compat, output, format, notice, confirm, yes: choices.yes };
  try {
    if (choices.watchMs !== undefined)
      return await watched(definition, context, { everyMs: choices.watchMs, asked }, surroundings);
    const result = await definition.run(context);
    if (result instanceof Exit) return result.status;
    await printReport(result, { format, output, words: asked });
    return exitStatus(compat, result);
  } catch (error) {
    if (confirm?.declined) return declined(format, output);
    const isMistake = error instanceof UsageError || error instanceof ArgparseError;
    if (isMistake && format === 'json') printErrorDocument(error.message, output);
    if (error instanceof UsageError) return reportUsageError(place, error);
    if (error instanceof ArgparseError) return reportParseError(place, error);
    if (!(error instanceof Error)) throw error;
    const own = definition.failure?.(error, context) ?? { stderr: `${error.message}\n` };
    const failure = { ...own, stderr: `${own.stderr ?? ''}${hint(error, compat)}` };
    if (toPerson && format === 'table') await tellFailure(failure, error, output);
    else printFailure(failure, error, format, output);
    return exitStatus(compat, { failed: true, kafkaExit: failure.kafkaExit });
  }
}

function forPerson(line: string, { stderr }: Output): string | undefined {
  const text = plainLog(line);
  return text === undefined ? undefined : folded(visible(text), stderr.columns || 80);
}

/** Kafka's script would have refused a command line without an address: whoever brought it from there is told which it is. */
function tellAddress(options: ParsedOptions, words: readonly string[], output: Output): void {
  if (!options.has('bootstrap-server') || words.some((word) => /^--?bo/.test(word))) return;
  output.warn(`No --bootstrap-server is given: ${options.value('bootstrap-server')} it is.`);
}

/** The command line in two parts: what ktool's own options ask for, and what is left for the script. */
function chosen<S extends Script>(definition: ScriptDefinition<S>, words: readonly string[], compat: Compat) {
  const { script, forms = ALL_FORMS } = definition;
  const options = parseScript(script, words, compat) as ParsedOptions;
  const { choices, rest } = ownChoices(script, options, forms, (name) => compat.ownOptions && options.isOwn(name));
  return { choices, options: rest as unknown as ParsedOptions<OptionsOf<S>> };
}

/** Repeats an action that only looks. */
async function watched<S extends Script>(
  { script, run, failure }: ScriptDefinition<S>,
  context: ScriptContext<S>,
  { everyMs, asked }: Pick<WatchSettings, 'everyMs' | 'asked'>,
  { signals }: Surroundings,
): Promise<number> {
  const { argv, output, format } = context;
  const [{ watch }, { failureLines }] = await Promise.all([
    import('./terminal/watch.ts'),
    import('./terminal/failure.ts'),
  ]);
  const title = `ktool ${[script.name, ...argv].join(' ')}`;
  const look = async () => {
    const result = await run(context);
    if (result instanceof Exit) throw new UsageError('--watch goes with actions that only look');
    return result;
  };
  const words = (error: Error) => {
    const { stdout = '', stderr = '' } = failure?.(error, context) ?? { stderr: error.message };
    const text = (stderr || stdout).trim() || error.message;
    return format === 'table' ? failureLines(error, text).join('\n') : text;
  };
  return watch(look, { everyMs, format, output, asked, title, words, signals });
}

function declined(format: Format, output: Output): number {
  if (format === 'json') printErrorDocument('Left as it is.', output);
  output.warn('Left as it is.');
  return 1;
}

import type { Report } from '../tools/report.ts';
import { type Compat, compatOf, exitStatus } from './compat.ts';
import { asksForJson, printErrorDocument } from './json-wanted.ts';
import type { LightCommand } from './light-command.ts';
import { OptionError, UsageError } from './options/errors.ts';
import { oclifFlags } from './options/flags.ts';
import { parseJopt } from './options/jopt.ts';
import type { ParsedOptions } from './options/parsed.ts';
import type { JoptScript } from './options/script.ts';
import type { OptionTable } from './options/table.ts';
import { Output } from './output.ts';
import { ownChoices } from './own-options/choices.ts';
import { ALL_FORMS, withOwnOptions } from './own-options/table.ts';
import { type Format, formatFor, printReport } from './print.ts';
import { reportHelp, reportParseError, reportUsageError, reportVersion } from './script-messages.ts';

export interface OwnContext<T extends OptionTable = OptionTable> {
  readonly options: ParsedOptions<T>;
  readonly env: NodeJS.ProcessEnv;
  readonly compat: Compat;
  readonly output: Output;
  /** The form the result is wanted in. */
  readonly format: Format;
  /** The folder of package.json. */
  readonly root: string;
}

/** Where a command runs that is ktool's own. */
export type OwnSurroundings = Pick<OwnContext, 'env' | 'output' | 'root'>;

export interface OwnCommand extends LightCommand {
  readonly script: JoptScript;
  /** Runs the command and answers its exit status. */
  execute(argv: readonly string[], surroundings: OwnSurroundings): Promise<number>;
}

/**
 * Makes a command that is ktool's own (`server start`, `dist init`): its options are there in every manner, and no words at
 * all are a command line like any other. `run` answers what is to be printed, or the exit status where it has printed itself; an Error that it throws is one line
 * on standard error, and a document where JSON is wanted.
 */
export function ownCommand<T extends OptionTable>(
  own: JoptScript<T>,
  run: (context: OwnContext<T>) => Promise<Report | number>,
  forms: readonly Format[] = ALL_FORMS,
): OwnCommand {
  const script = withOwnOptions(own, forms);
  return {
    script,
    id: script.name.replaceAll(' ', ':'),
    summary: script.about,
    strict: false,
    args: {},
    flags: oclifFlags(script),
    examples: script.examples.map(({ about, command }) => ({
      description: about,
      command: `<%= config.bin %> ${command}`,
    })),
    async run(argv, root) {
      const output = new Output(process.stdout, process.stderr, process.env, () => process.exit());
      const status = await execute(script, run, argv, { env: process.env, root, output, forms });
      await output.flush();
      process.exit(status);
    },
    execute: (argv, surroundings) => execute(script, run, argv, { ...surroundings, forms }),
  };
}

async function execute<T extends OptionTable>(
  script: JoptScript<T>,
  run: (context: OwnContext<T>) => Promise<Report | number>,
  argv: readonly string[],
  { env, root, output, forms }: OwnSurroundings & { readonly forms: readonly Format[] },
): Promise<number> {
  const compat = compatOf(env);
  const place = { script, argv, env, compat, output };
  try {
    const options = parseJopt(script.options, argv, { abbreviations: true });
    if (options.has('help')) return reportHelp(place, []);
    if (options.has('version')) return reportVersion(place);
    const { choices, rest } = ownChoices(script, options as ParsedOptions, forms, (name) => options.isOwn(name));
    const format = formatFor(output, { wanted: choices.form, tables: compat.tables });
    const context = { options: rest as unknown as ParsedOptions<T>, env, compat, output, format, root };
    const result = await run(context);
    if (typeof result === 'number') return result;
    const words = [script.name, ...options.occurrences.map(({ name }) => `--${name}`)];
    await printReport(result, { format, output, words });
    return exitStatus(compat, result);
  } catch (error) {
    if (error instanceof Error && asksForJson(argv)) printErrorDocument(error.message, output);
    if (error instanceof UsageError) return reportUsageError(place, error);
    if (error instanceof OptionError) return reportParseError(place, error);
    if (!(error instanceof Error)) throw error;
    output.complain(error.message);
    return 1;
  }
}

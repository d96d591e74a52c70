import { type Compat, compatOf } from './compat.ts';
import type { LightCommand } from './light-command.ts';
import { OptionError, UsageError } from './options/errors.ts';
import { oclifFlags } from './options/flags.ts';
import { parseJopt } from './options/jopt.ts';
import type { ParsedOptions } from './options/parsed.ts';
import type { JoptScript } from './options/script.ts';
import type { OptionTable } from './options/table.ts';
import { Output } from './output.ts';
import { ownChoices } from './own-options/choices.ts';
import { STREAM_FORMS, withOwnOptions } from './own-options/table.ts';
import { type Format, formatFor } from './print.ts';
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

/**
 * Makes a command that is ktool's own (`server start`, `dist init`): its options are there in every manner, and no words at
 * all are a command line like any other. `run` answers the exit status; an Error that it throws is one line on standard error.
 */
export function ownCommand<T extends OptionTable>(
  own: JoptScript<T>,
  run: (context: OwnContext<T>) => Promise<number>,
  forms: readonly Format[] = STREAM_FORMS,
): LightCommand & { readonly script: JoptScript } {
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
      const status = await execute(script, run, { argv, root, output, forms });
      await output.flush();
      process.exit(status);
    },
  };
}

async function execute<T extends OptionTable>(
  script: JoptScript<T>,
  run: (context: OwnContext<T>) => Promise<number>,
  { argv, root, output, forms }: { argv: readonly string[]; root: string; output: Output; forms: readonly Format[] },
): Promise<number> {
  const { env } = process;
  const compat = compatOf(env);
  const place = { script, argv, env, compat, output };
  try {
    const options = parseJopt(script.options, argv, { abbreviations: true });
    if (options.has('help')) return reportHelp(place, []);
    if (options.has('version')) return reportVersion(place);
    const { choices, rest } = ownChoices(script, options as ParsedOptions, forms, (name) => options.isOwn(name));
    const format = formatFor(output, { wanted: choices.form, tables: compat.tables });
    return await run({ options: rest as unknown as ParsedOptions<T>, env, compat, output, format, root });
  } catch (error) {
    if (error instanceof UsageError) return reportUsageError(place, error);
    if (error instanceof OptionError) return reportParseError(place, error);
    if (!(error instanceof Error)) throw error;
    output.complain(error.message);
    return 1;
  }
}

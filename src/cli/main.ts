import { commandsIn, findLightCommand, type LoadCommand } from './commands.ts';
import { isGone } from './dist/gone-scripts.ts';
import { isKafkaScript, scriptNameOf } from './dist/scripts.ts';
import { processTitle } from './typed-secrets.ts';
import { unavailable } from './unavailable.ts';

export interface MainSettings {
  /** The folder of package.json. */
  readonly root: string;
  /** The words after the program's name. */
  readonly argv: readonly string[];
}

/**
 * Runs the command that the words name. Kafka's scripts are loaded and run directly: oclif, which would only pass their words
 * on, is loaded for all else — its own commands, the list of commands, the version, mistyped names.
 */
export async function main(settings: MainSettings): Promise<void> {
  const { root } = settings;
  if (await runLight(settings, commandsIn(root))) return;
  const words = wordsOf(settings);
  const script = scriptNameOf(words[0] ?? '');
  if (isKafkaScript(script) || isGone(script)) return unavailable(script);
  if (words.length === 0 || (words.length === 1 && ['--help', '-h'].includes(words[0]!))) return front(root);
  const { runOclif } = await import('./oclif.ts');
  await runOclif(root, words);
}

/** Runs the command that the words name if `load` has it, and it can do without oclif. Answers whether it did. */
export async function runLight(settings: MainSettings, load: LoadCommand): Promise<boolean> {
  const title = processTitle(settings.argv);
  if (title !== undefined) process.title = title;
  const found = await findLightCommand(wordsOf(settings), load);
  await found?.command.run(found.argv, settings.root);
  return found !== undefined;
}

async function front(root: string): Promise<void> {
  const [{ Output }, { frontPage }] = await Promise.all([import('./output.ts'), import('./front-page.ts')]);
  frontPage(root, new Output(process.stdout, process.stderr, process.env, () => process.exit()));
}

function wordsOf({ argv }: MainSettings): readonly string[] {
  return argv[0] === 'help' ? [...argv.slice(1), '--help'] : argv;
}

import { findLightCommand } from './commands.ts';
import { isKafkaScript, scriptNameOf } from './dist/scripts.ts';
import { isGone, unavailable } from './unavailable.ts';

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
export async function main({ root, argv }: MainSettings): Promise<void> {
  const words = argv[0] === 'help' ? [...argv.slice(1), '--help'] : argv;
  const found = await findLightCommand(root, words);
  if (found) return found.command.run(found.argv, root);
  const script = scriptNameOf(words[0] ?? '');
  if (isKafkaScript(script) || isGone(script)) return unavailable(script);
  const { runOclif } = await import('./oclif.ts');
  await runOclif(root, words);
}

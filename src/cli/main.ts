import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { ScriptCommand } from './script-command.ts';

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
  const script = await scriptNamed(root, words[0]);
  if (script) return script.run(words.slice(1));
  const { runOclif } = await import('./oclif.ts');
  await runOclif(root, words);
}

/** The script of that name, also under Kafka's names for it: `kafka-topics`, `kafka-topics.sh`. */
async function scriptNamed(root: string, word: string | undefined): Promise<ScriptCommand | undefined> {
  const name = word?.replace(/^kafka-/, '').replace(/\.sh$/, '');
  if (name === undefined || !/^[a-z][a-z0-9-]*$/.test(name)) return undefined;
  const file = join(root, 'dist', 'commands', `${name}.js`);
  if (!existsSync(file)) return undefined;
  const module = (await import(pathToFileURL(file).href)) as { default?: Partial<ScriptCommand> };
  return module.default?.script === undefined ? undefined : (module.default as ScriptCommand);
}

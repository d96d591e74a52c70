import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { LightCommand } from './light-command.ts';

/** What the manifest says of a command, as far as it is read without oclif. */
export interface ListedCommand {
  /** The words that name it, as `server start`. */
  readonly name: string;
  readonly summary: string;
  readonly flags: Readonly<Record<string, { readonly type: 'boolean' | 'option'; readonly summary?: string }>>;
}

/** The commands in oclif.manifest.json, without hidden ones. */
export function listCommands(root: string): ListedCommand[] {
  const manifest = JSON.parse(readFileSync(join(root, 'oclif.manifest.json'), 'utf8')) as {
    commands: Record<string, { id: string; hidden?: boolean; summary?: string; flags?: ListedCommand['flags'] }>;
  };
  return Object.values(manifest.commands)
    .filter((command) => !command.hidden)
    .map(({ id, summary, flags }) => ({ name: id.replaceAll(':', ' '), summary: summary ?? '', flags: flags ?? {} }));
}

/**
 * The command of that name if it runs without oclif, also under the names of Kafka's scripts: `kafka-topics`,
 * `kafka-topics.sh`. Loads its module and nothing else.
 */
export async function loadLightCommand(root: string, word: string | undefined): Promise<LightCommand | undefined> {
  const name = word?.replace(/^kafka-/, '').replace(/\.sh$/, '');
  if (name === undefined || !/^[a-z][a-z0-9-]*$/.test(name)) return undefined;
  const file = join(root, 'dist', 'commands', `${name}.js`);
  if (!existsSync(file)) return undefined;
  const module = (await import(pathToFileURL(file).href)) as { default?: LightCommand };
  return typeof module.default === 'object' ? module.default : undefined;
}

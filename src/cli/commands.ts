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
  /** The words that its argument can be. */
  readonly argument: readonly string[];
}

interface ManifestCommand extends Partial<Pick<ListedCommand, 'summary' | 'flags'>> {
  readonly id: string;
  readonly hidden?: boolean;
  readonly args?: Readonly<Record<string, { readonly options?: readonly string[] }>>;
}

/** The commands in oclif.manifest.json, without hidden ones. */
export function listCommands(root: string): ListedCommand[] {
  const manifest = JSON.parse(readFileSync(join(root, 'oclif.manifest.json'), 'utf8')) as {
    commands: Record<string, ManifestCommand>;
  };
  return Object.values(manifest.commands)
    .filter((command) => !command.hidden)
    .map(({ id, summary = '', flags = {}, args = {} }) => ({
      name: id.replaceAll(':', ' '),
      summary,
      flags,
      argument: Object.values(args).flatMap(({ options = [] }) => options),
    }));
}

export interface FoundCommand {
  readonly command: LightCommand;
  /** The words behind the command's name. */
  readonly argv: readonly string[];
}

/**
 * The command that the words begin with if it runs without oclif: one word (`topics`), two (`server start`), or the name of
 * Kafka's script (`kafka-topics`, `kafka-server-start.sh`). Loads its module and nothing else.
 */
export async function findLightCommand(root: string, words: readonly string[]): Promise<FoundCommand | undefined> {
  const [first = '', second = '', ...rest] = words;
  const scriptName = first.replace(/^kafka-/, '').replace(/\.sh$/, '');
  const single =
    (await loadLightCommand(root, scriptName)) ?? (await loadLightCommand(root, scriptName.replace('-', '/')));
  if (single) return { command: single, argv: words.slice(1) };
  const double = await loadLightCommand(root, `${first}/${second}`);
  return double && { command: double, argv: rest };
}

/** The command in one file of dist/commands, undefined if there is no such file or it needs oclif. */
export async function loadLightCommand(root: string, name: string): Promise<LightCommand | undefined> {
  if (!/^[a-z][a-z0-9-]*(\/[a-z][a-z0-9-]*)?$/.test(name)) return undefined;
  const file = join(root, 'dist', 'commands', `${name}.js`);
  if (!existsSync(file)) return undefined;
  const module = (await import(pathToFileURL(file).href)) as { default?: LightCommand };
  return typeof module.default === 'object' ? module.default : undefined;
}

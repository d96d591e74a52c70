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

/** The module of a command by its path under src/commands (`topics`, `server/start`); undefined if there is none. */
export type LoadCommand = (name: string) => Promise<unknown> | undefined;

/**
 * The command that the words begin with if it runs without oclif: one word (`topics`), two (`server start`), or the name of
 * Kafka's script (`kafka-topics`, `kafka-server-start.sh`). Loads its module and nothing else.
 */
export async function findLightCommand(words: readonly string[], load: LoadCommand): Promise<FoundCommand | undefined> {
  const [first = '', second = '', ...rest] = words;
  const scriptName = first.replace(/^kafka-/, '').replace(/\.sh$/, '');
  const single =
    (await loadLightCommand(scriptName, load)) ?? (await loadLightCommand(scriptName.replace('-', '/'), load));
  if (single) return { command: single, argv: words.slice(1) };
  const double = await loadLightCommand(`${first}/${second}`, load);
  return double && { command: double, argv: rest };
}

/** The command of that name, undefined if there is none or it needs oclif. */
export async function loadLightCommand(name: string, load: LoadCommand): Promise<LightCommand | undefined> {
  if (!/^[a-z][a-z0-9-]*(\/[a-z][a-z0-9-]*)?$/.test(name)) return undefined;
  const module = (await load(name)) as { readonly default?: LightCommand } | undefined;
  return typeof module?.default === 'object' ? module.default : undefined;
}

/** Loads commands from their files in dist/commands. */
export function commandsIn(root: string): LoadCommand {
  return (name) => {
    const file = join(root, 'dist', 'commands', `${name}.js`);
    return existsSync(file) ? import(pathToFileURL(file).href) : undefined;
  };
}

// Clusters by name: `contexts.json` in the user's folder of settings, for nobody else to read. It holds addresses and the
// paths of properties files; passwords stay in those.
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';

export interface Context {
  readonly bootstrapServer: string;
  /** Absolute path of a properties file with client settings. */
  readonly commandConfig?: string;
}

export interface Contexts {
  /** The one in use; undefined for none. */
  readonly current?: string | undefined;
  readonly contexts: Readonly<Record<string, Context>>;
}

/** Where the file is: XDG_CONFIG_HOME, else the custom of the system. */
function contextsFile(env: NodeJS.ProcessEnv, platform: NodeJS.Platform = process.platform): string {
  if (env.XDG_CONFIG_HOME) return join(env.XDG_CONFIG_HOME, 'ktool', 'contexts.json');
  if (platform === 'win32' && env.APPDATA) return join(env.APPDATA, 'ktool', 'contexts.json');
  return join(homedir(), '.config', 'ktool', 'contexts.json');
}

/** @throws Error that names the file if it cannot be understood */
export function readContexts(env: NodeJS.ProcessEnv): Contexts {
  const file = contextsFile(env);
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return { contexts: {} };
    throw new Error(`The contexts in ${file} cannot be read: ${(error as Error).message}`);
  }
  const contexts = parsed(text);
  if (contexts === undefined) throw new Error(`${file} holds no contexts of ktool: correct or remove it`);
  return contexts;
}

function parsed(text: string): Contexts | undefined {
  try {
    const value = JSON.parse(text) as Contexts;
    const isContext = (each: Context | null) => typeof each?.bootstrapServer === 'string';
    return Object.values(value.contexts).every(isContext) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Whole or not at all, and readable by the user alone. */
export function writeContexts(env: NodeJS.ProcessEnv, contexts: Contexts): void {
  const file = contextsFile(env);
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const next = `${file}.${process.pid}`;
  writeFileSync(next, `${JSON.stringify(contexts, undefined, 2)}\n`, { mode: 0o600 });
  renameSync(next, file);
}

/** A context as documents show it. */
export const contextData = (name: string, { bootstrapServer, commandConfig }: Context) => ({
  name,
  bootstrapServer,
  commandConfig: commandConfig ?? null,
});

/** @throws Error that says which there are */
export function contextNamed({ contexts }: Contexts, name: string): Context {
  if (Object.hasOwn(contexts, name)) return contexts[name]!;
  const names = Object.keys(contexts);
  const known = names.length === 0 ? 'none are kept' : `there is ${names.sort().join(', ')}`;
  throw new Error(`There is no context ${name}; ${known}. To make it: ktool context add ${name} --bootstrap-server …`);
}

import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where ktool keeps a user's data: by the custom of the system, XDG_DATA_HOME first. */
export function dataHome(env: NodeJS.ProcessEnv, platform: NodeJS.Platform = process.platform): string {
  if (env.XDG_DATA_HOME) return join(env.XDG_DATA_HOME, 'ktool');
  if (platform === 'win32') return join(env.LOCALAPPDATA ?? join(homedir(), 'AppData', 'Local'), 'ktool');
  if (platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'ktool');
  return join(homedir(), '.local', 'share', 'ktool');
}

/** The data directory of a broker that is not told another one; the same at every start. */
export function defaultDataDir(env: NodeJS.ProcessEnv): string {
  return join(dataHome(env), 'data');
}

import { basename, join, relative } from 'node:path';

/**
 * How ktool is typed where it was started: in a clone its file is called, a package of npm that is not installed for all is not on
 * the path of the shell.
 * @param program what Node runs, as an absolute path: bin/run.js or a link to it
 */
export function programName(env: NodeJS.ProcessEnv, program: string = process.argv[1] ?? ''): string {
  if (basename(program) === 'run.js') {
    const fromHere = relative(process.cwd(), program);
    return `node ${fromHere.startsWith('..') ? program : fromHere}`;
  }
  const isLocal = env.npm_lifecycle_event !== undefined || program.includes(join('node_modules', '.bin'));
  return isLocal ? 'npx ktool' : 'ktool';
}

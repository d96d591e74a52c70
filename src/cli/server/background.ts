// `-daemon` of Kafka's start scripts: the same command in the background, its lines in a file.
import { spawn } from 'node:child_process';
import { lstatSync, mkdirSync, openSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { type Service, serviceWords } from '../dist/services.ts';
import type { LightCommand } from '../light-command.ts';
import { dataHome } from './data-home.ts';

/** Where Kafka's scripts write: LOG_DIR, else `logs` of the folder that they are in. */
function logDirectory(env: NodeJS.ProcessEnv): string {
  return env.LOG_DIR || join(env.KTOOL_HOME || dataHome(env), 'logs');
}

/** Opens a log to be appended to; undefined, with a line on what to do, where that cannot be. */
function openLog(directory: string, file: string): number | undefined {
  try {
    mkdirSync(directory, { recursive: true });
    return openSync(file, 'a');
  } catch (error) {
    process.stderr.write(
      `Cannot write the log ${file}: ${(error as Error).message}. Another folder can be named with LOG_DIR.\n`,
    );
    return undefined;
  }
}

/** Gives a log a second name; what stands there already stays. */
function linkLog(path: string, target: string): void {
  if (lstatSync(path, { throwIfNoEntry: false }) === undefined) symlinkSync(target, path);
}

/**
 * The command with `-daemon` as its first word understood: it returns at once and the process goes on by itself, whatever
 * becomes of it later, as Kafka's script does.
 * @param service its lines are in `<name>.out`
 */
export function withDaemon<C extends LightCommand>(command: C, service: Service): C {
  return {
    ...command,
    async run(argv: readonly string[], root: string) {
      if (argv[0] !== '-daemon') return command.run(argv, root);
      const directory = logDirectory(process.env);
      const file = join(directory, `${service.name}.out`);
      const log = openLog(directory, file);
      if (log === undefined) process.exit(1);
      if (service.log !== undefined) linkLog(join(directory, service.log), `${service.name}.out`);
      const words = [join(root, 'bin', 'run.js'), ...serviceWords(service), ...argv.slice(1)];
      spawn(process.execPath, words, { detached: true, stdio: ['ignore', log, log] }).unref();
    },
  };
}

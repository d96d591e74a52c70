// A script as Kafka's users run it, on standard output and standard error, in this process.
import type { ScriptCommand } from '../../src/cli/script-command.ts';
import { capture } from '../cli/capture.ts';

export interface ScriptAnswer {
  readonly out: string[];
  readonly err: string[];
  readonly status: number;
}

/** Runs a script under Kafka's rules; empty lines do not count. @param words `topics --list …` */
export async function runScript(words: string): Promise<ScriptAnswer> {
  const [name, ...argv] = words.split(' ');
  const { default: command } = (await import(`../../src/commands/${name}.ts`)) as { default: ScriptCommand };
  const { stdout, stderr, output } = capture();
  const status = await command.execute(argv, { env: { KTOOL_COMPAT: 'kafka' }, output });
  const lines = (text: string) => text.split('\n').filter((line) => line !== '');
  return { out: lines(stdout.text), err: lines(stderr.text), status };
}

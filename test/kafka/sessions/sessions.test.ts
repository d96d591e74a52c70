// ktool's scripts on ktool's broker against what Kafka's scripts printed on Kafka's (record.mjs).
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { ScriptCommand } from '../../../src/cli/script-command.ts';
import { capture } from '../../cli/capture.ts';
import { startTestBroker } from '../../helpers/broker.ts';
import { User } from '../../helpers/program.ts';
import { parseSessions, placeFiles, type Step, settled } from './session.mjs';

const folder = new URL('.', import.meta.url);
const files = readdirSync(folder).filter((name) => name.endsWith('.session'));

interface Answer {
  readonly out: string[];
  readonly exit: number | null;
}

/** A command that reads standard input runs as a process of its own. */
async function answerTo(step: Step, broker: string, user: User): Promise<Answer> {
  placeFiles(step, user.home);
  const [script, ...argv] = step.run.replaceAll('{broker}', broker).replaceAll('{dir}', user.home).split(' ');
  if (step.in.length === 0) return answer(script!, argv, broker, user.home);
  const input = step.in.map((line) => `${line}\n`).join('');
  const { stdout, status } = await user.run([script!, ...argv], { KTOOL_COMPAT: 'kafka' }, input);
  return { out: settled(stdout, broker, user.home), exit: status };
}

async function answer(script: string, argv: readonly string[], broker: string, dir: string): Promise<Answer> {
  const name = script.replace('kafka-', '');
  const { default: command } = (await import(`../../../src/commands/${name}.ts`)) as { default: ScriptCommand };
  const { stdout, output } = capture();
  const exit = await command.execute(argv, { env: { KTOOL_COMPAT: 'kafka' }, output });
  return { out: settled(stdout.text, broker, dir), exit };
}

/** Of a list of requests, those that ktool's broker serves: what it does not serve is no difference, what it says of others is. */
function served(recorded: readonly string[], answered: readonly string[]): string[] {
  const unsupported = answered.filter((line) => line.includes('): UNSUPPORTED')).map((line) => line.split(':')[0]!);
  return recorded.flatMap((line) => {
    const missing = unsupported.find((request) => line.startsWith(`${request}:`));
    return missing === undefined ? line : `${missing}: UNSUPPORTED${line.endsWith(',') ? ',' : ''}`;
  });
}

test.each(files)('%s', { timeout: 60_000 }, async (file) => {
  const broker = await startTestBroker();
  const address = `127.0.0.1:${broker.port}`;
  const user = new User();
  for (const { title, steps } of parseSessions(readFileSync(new URL(file, folder), 'utf8')))
    for (const step of steps) {
      const answered = await answerTo(step, address, user);
      const recorded = { out: served(step.out, answered.out), exit: step.exit };
      expect.soft(answered, `${title}: ${step.run}`).toEqual(recorded);
    }
});

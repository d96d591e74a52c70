// ktool's scripts on ktool's broker against what Kafka's scripts printed on Kafka's (record.mjs).
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { ScriptCommand } from '../../../src/cli/script-command.ts';
import { capture } from '../../cli/capture.ts';
import { startTestBroker } from '../../helpers/broker.ts';
import { parseSessions, settled } from './session.mjs';

const folder = new URL('.', import.meta.url);
const files = readdirSync(folder).filter((name) => name.endsWith('.session'));

async function answer(run: string, broker: string): Promise<{ out: string[]; exit: number }> {
  const [script, ...argv] = run.replaceAll('{broker}', broker).split(' ');
  const name = script!.replace('kafka-', '');
  const { default: command } = (await import(`../../../src/commands/${name}.ts`)) as { default: ScriptCommand };
  const { stdout, output } = capture();
  const exit = await command.execute(argv, { env: { KTOOL_COMPAT: 'kafka' }, output });
  return { out: settled(stdout.text, broker), exit };
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
  for (const { title, steps } of parseSessions(readFileSync(new URL(file, folder), 'utf8')))
    for (const { run, ...recorded } of steps) {
      const answered = await answer(run, address);
      expect.soft(answered, `${title}: ${run}`).toEqual({ ...recorded, out: served(recorded.out, answered.out) });
    }
});

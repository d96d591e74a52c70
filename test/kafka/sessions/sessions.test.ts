// ktool's scripts on ktool's broker against what Kafka's scripts printed on Kafka's (record.mjs).
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { ScriptCommand } from '../../../src/cli/script-command.ts';
import { capture } from '../../cli/capture.ts';
import { startTestBroker } from '../../helpers/broker.ts';
import { User } from '../../helpers/program.ts';
import { filled, kept, parseSessions, placeFiles, type Step, settled, settledErrors, wordsOf } from './session.mjs';

const folder = new URL('.', import.meta.url);
const files = readdirSync(folder).filter((name) => name.endsWith('.session'));

interface Answer {
  readonly out: string[];
  readonly err: string[] | undefined;
  readonly exit: number | null;
}

/** A command that reads standard input runs as a process of its own. */
async function answerTo(step: Step, values: Map<string, string>, user: User): Promise<Answer> {
  placeFiles({ files: step.files.map((file) => filled(file, values)) }, user.home);
  const [script, ...argv] = wordsOf(filled(step.run, values));
  const { stdout, stderr, status } =
    step.in.length === 0 ? await answer(script!, argv) : await piped(step, [script!, ...argv], user);
  for (const [name, value] of kept(step, stdout)) values.set(name, value);
  const broker = values.get('broker')!;
  const out = settled(stdout, broker, user.home);
  const err = step.err && settledErrors(stderr, broker, user.home).slice(0, step.err.length);
  return { out: step.anyOrder ? asSet(out) : out, err, exit: status };
}

const asSet = (lines: readonly string[]): string[] => lines.map((line) => line.trim()).sort();

function piped(step: Step, words: readonly string[], user: User) {
  return user.run(words, { KTOOL_COMPAT: 'kafka' }, step.in.map((line) => `${line}\n`).join(''));
}

async function answer(script: string, argv: readonly string[]) {
  const name = script.replace('kafka-', '');
  const { default: command } = (await import(`../../../src/commands/${name}.ts`)) as { default: ScriptCommand };
  const { stdout, stderr, output } = capture();
  const status = await command.execute(argv, { env: { KTOOL_COMPAT: 'kafka' }, output });
  return { stdout: stdout.text, stderr: stderr.text, status };
}

/** Of a list of requests, those that ktool's broker serves: what it does not serve is no difference, what it says of others is. */
function served(recorded: readonly string[], answered: readonly string[]): string[] {
  const unsupported = answered.filter((line) => line.includes('): UNSUPPORTED')).map((line) => line.split(':')[0]!);
  return recorded.flatMap((line) => {
    const missing = unsupported.find((request) => line.startsWith(`${request}:`));
    return missing === undefined ? line : `${missing}: UNSUPPORTED${line.endsWith(',') ? ',' : ''}`;
  });
}

test.each(files)('%s', async (file) => {
  const sessions = parseSessions(readFileSync(new URL(file, folder), 'utf8'));
  const properties = sessions.flatMap(({ properties }) => properties);
  const overrides = new Map(
    properties.map((each): [string, string] => [each.split('=')[0]!, each.replace(/^.*?=/, '')]),
  );
  const broker = await startTestBroker({ overrides });
  const user = new User();
  const values = new Map([
    ['broker', `127.0.0.1:${broker.port}`],
    ['dir', user.home],
  ]);
  for (const { title, steps } of sessions)
    for (const step of steps) {
      const answered = await answerTo(step, values, user);
      const out = served(step.anyOrder ? asSet(step.out) : step.out, answered.out);
      expect.soft(answered, `${title}: ${step.run}`).toEqual({ out, err: step.err, exit: step.exit });
    }
});

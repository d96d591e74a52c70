// Mistakes in words that hold a password are told without it under ktool's own name, and as by Kafka's script otherwise.
import { expect, test } from 'vitest';
import configs from '../../src/commands/configs.ts';
import { startTestBroker } from '../helpers/broker.ts';
import { capture } from './capture.ts';

async function told(words: readonly string[], env: NodeJS.ProcessEnv) {
  const { address } = await startTestBroker();
  const { output, stdout, stderr } = capture();
  const user = ['--entity-type', 'users', '--entity-name', 'alice'];
  const argv = ['--bootstrap-server', address, '--alter', ...user, ...words];
  expect(await configs.execute(argv, { env, output })).toBe(1);
  return stdout.text + stderr.text;
}

const MISTAKES: readonly [words: string[], message: RegExp][] = [
  [['--add-config', 'SCRAM-SHA-512=[pasword=hush-hush]'], /Invalid credential property SCRAM_SHA_512=/],
  [['--add-config=SCRAM-SHA-512=[iterations=x,password=hush-hush]'], /Invalid credential property/],
  [['--add-config', 'SCRAM-SHA-256=[password=a],SCRAM-SHA-512=hush-hush'], /Invalid credential property/],
  [['--add-config', 'SCRAM-SHA-512=[iterations=5,password=hush-hush]'], /Iterations 5 is less/],
  [['--add-config', 'SCRAM-SHA-512=[iterations=99999,password=hush-hush]'], /args '--bootstrap-server .*--alter/],
];

test.each(MISTAKES)('%j', async (words, message) => {
  for (const more of [[], ['--json']]) {
    const text = await told([...words, ...more], {});
    expect(text).not.toContain('hush-hush');
    if (more.length === 0) expect(text).toMatch(message);
  }
});

test("under Kafka's names it is as Kafka's script has it", async () => {
  const words = ['--add-config', 'SCRAM-SHA-512=[pasword=hush-hush]'];
  expect(await told(words, { KTOOL_COMPAT: 'kafka' })).toContain('SCRAM_SHA_512=pasword=hush-hush');
});

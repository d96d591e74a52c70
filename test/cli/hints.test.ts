// Under its own name ktool adds what to do to an error of the cluster; under Kafka's rules the script logs the exception and nothing is added.
import { expect, test } from 'vitest';
import topics from '../../src/commands/topics.ts';
import { startTestBroker } from '../helpers/broker.ts';
import { capture } from './capture.ts';

async function twice(words: string, env: NodeJS.ProcessEnv = {}) {
  const { address } = await startTestBroker();
  const argv = ['--bootstrap-server', address, '--create', '--topic', 'orders', ...words.split(' ').filter(Boolean)];
  let stderr = '';
  for (let i = 0; i < 2; i++) {
    const captured = capture();
    await topics.execute(argv, { env, output: captured.output });
    stderr = captured.stderr.text;
  }
  return stderr;
}

test.each([
  ['--replication-factor 3', 'leave --replication-factor out, or give 1'],
  ['', 'add --if-not-exists'],
])('topics --create %s', async (words, advice) => {
  expect(await twice(words)).toContain(advice);
  expect(await twice(words, { KTOOL_COMPAT: 'kafka' })).not.toContain(advice);
});

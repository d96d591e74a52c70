// The console tools for programs: --json.
import { expect, test } from 'vitest';
import { startTestBroker } from '../helpers/broker.ts';
import { run } from '../helpers/console.ts';
import { freePort } from '../helpers/free-port.ts';

const FRIENDLY = { KTOOL_COMPAT: '' };

test('the producer says what it sent, the consumer prints a document a line', async () => {
  const bootstrap = `127.0.0.1:${(await startTestBroker()).port}`;
  const about = ['--bootstrap-server', bootstrap, '--topic', 't', '--json'];
  const sent = await run(['console-producer', ...about], 'one\ntwo', FRIENDLY);
  expect({ ...sent, stdout: JSON.parse(sent.stdout) }).toEqual({
    status: 0,
    stdout: { topic: 't', sent: 2, failed: 0 },
    stderr: '',
  });
  const read = await run(['console-consumer', ...about, '--from-beginning', '--max-messages', '2'], '', FRIENDLY);
  expect(read).toMatchObject({ status: 0, stderr: 'Processed a total of 2 messages\n' });
  const [first, second, end] = read.stdout.split('\n');
  expect(JSON.parse(first ?? '')).toMatchObject({ topic: 't', partition: 0, offset: 0, value: 'one', key: null });
  expect(JSON.parse(second ?? '')).toMatchObject({ offset: 1, value: 'two', headers: [] });
  expect(end).toBe('');
});

test('what could not be sent is counted, and a failure is a document too', async () => {
  const bootstrap = `127.0.0.1:${(await startTestBroker()).port}`;
  const words = ['console-producer', '--topic', 't', '--json', '--command-property', 'max.request.size=100'];
  const { status, stdout } = await run(
    [...words, '--bootstrap-server', bootstrap],
    `one\n${'x'.repeat(200)}\n`,
    FRIENDLY,
  );
  expect({ status, ...JSON.parse(stdout) }).toEqual({ status: 1, topic: 't', sent: 1, failed: 1 });
  const nowhere = `127.0.0.1:${await freePort()}`;
  const failed = await run([...words, '--bootstrap-server', nowhere], 'one\n', FRIENDLY);
  expect(JSON.parse(failed.stdout)).toEqual({ error: expect.stringContaining(`Cannot connect to ${nowhere}`) });
});

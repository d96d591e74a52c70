import { expect, test } from 'vitest';
import jmx from '../../src/commands/jmx.ts';
import { capture } from './capture.ts';

test('says that it does not speak JMX, and fails', async () => {
  const { stdout, stderr, output } = capture();
  expect(await jmx.execute(['--object-name', 'kafka:*', '--one-time'], { env: {}, output })).toBe(1);
  expect(stderr.text).toMatch(
    /^Trying to connect to JMX url: service:jmx:rmi:.*\nCould not connect .* does not speak JMX/,
  );
  expect(stdout.text).toBe('');
});

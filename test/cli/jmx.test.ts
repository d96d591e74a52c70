import { createServer } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { jmxFailure } from '../../src/cli/jmx-failure.ts';
import jmx from '../../src/commands/jmx.ts';
import { capture } from './capture.ts';

const at = (port: number, host = '127.0.0.1') => `service:jmx:rmi:///jndi/rmi://${host}:${port}/jmxrmi`;

test('tells why nobody is there as the JVM does', async () => {
  expect(await jmxFailure(at(1))).toBe(
    'Failed to retrieve RMIServer stub: javax.naming.ServiceUnavailableException [Root exception is java.rmi.ConnectException: Connection refused to host: 127.0.0.1; nested exception is: \n\tjava.net.ConnectException: Connection refused]',
  );
  expect(await jmxFailure(at(1, ''))).toContain('Connection refused to host: 127.0.0.1;');
  expect(await jmxFailure('service:jmx:xyz://h:1/')).toBe('Unsupported protocol: xyz');
  expect(await jmxFailure('service:jmx:rmi://')).toBe('URL path must begin with /jndi/ or /stub/ or /ior/: ');
  await expect(jmxFailure('service:jmx:')).rejects.toThrow('Missing "://" after protocol name');
});

test('says who speaks JMX where somebody is there', async () => {
  const server = createServer((socket) => socket.destroy());
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  onTestFinished(() => void server.close());
  const { port } = server.address() as { port: number };
  const { stdout, stderr, output } = capture();
  expect(
    await jmx.execute(['--jmx-url', at(port), '--object-name', 'kafka:*', '--one-time'], { env: {}, output }),
  ).toBe(1);
  expect(stderr.text).toMatch(
    /^Trying to connect to JMX url: service:jmx:rmi:.*\nCould not connect .* does not speak JMX/,
  );
  expect(stdout.text).toBe('');
});

// Documents of commands that need a process, or standard input, of their own.
import { once } from 'node:events';
import { createServer } from 'node:net';
import { expect, test } from 'vitest';
import { answerOf } from '../../src/cli/documents/index.ts';
import { createAdmin } from '../../src/client/admin.ts';
import { startTestBroker } from '../helpers/broker.ts';
import { freePort } from '../helpers/free-port.ts';
import { misfit, shapesOf } from '../helpers/json-shapes.ts';
import { User } from '../helpers/program.ts';

/** Holds a document against what is written of a command line, and answers it. */
function documented(text: string, entry: string) {
  const document = JSON.parse(text);
  const misfits = shapesOf(answerOf(entry.split(' '))!).map((shape) => misfit(document, shape));
  expect(misfits, text).toContain(undefined);
  return document;
}

test('a broker of two is started, looked at and stopped', async () => {
  const user = new User();
  const port = String(await freePort(2));
  const server = user.start(['server', 'start', '--ephemeral', '--port', port, '--brokers', '2', '--json']);
  const started = documented(await server.line(), 'server start');
  expect(started.nodes).toHaveLength(2);
  const run = async (entry: string, ...words: string[]) => {
    const { status, stdout } = await user.run([...entry.split(' '), ...words, '--json']);
    expect(status).toBe(0);
    return documented(stdout, entry);
  };
  const pick = ['--port', port];
  expect(await run('server status', ...pick)).toEqual([started]);
  expect(await run('server stop --broker', '2', ...pick)).toMatchObject({ nodeId: 2, running: false });
  expect(await run('server start --broker', '2', ...pick)).toMatchObject({ nodeId: 2, running: true });
  expect(await run('server stop', ...pick)).toEqual([{ ...started, stopped: true }]);
  expect((await server.ended).status).toBe(0);
  const none = await user.run(['server', 'stop', ...pick, '--json']);
  expect([none.status, JSON.parse(none.stdout)]).toEqual([1, { error: 'No kafka server to stop' }]);
  expect(await user.run(['server', 'status', ...pick, '--json'])).toMatchObject({ status: 1, stdout: '[]\n' });
});

test('a broker that cannot start says why', async () => {
  const taken = createServer().listen(0, '127.0.0.1');
  await once(taken, 'listening');
  const { port } = taken.address() as { port: number };
  const { status, stdout } = await new User().run(['server', 'start', '--ephemeral', '--port', String(port), '--json']);
  taken.close();
  expect(status).toBe(1);
  expect(JSON.parse(stdout)).toEqual({ error: expect.stringContaining(String(port)) });
});

test('what a console producer has sent', async () => {
  const { address } = await startTestBroker();
  const words = ['console-producer', '--bootstrap-server', address, '--topic', 'orders', '--json'];
  const { stdout } = await new User().run(words, {}, 'apples\npears\n');
  expect(documented(stdout, 'console-producer')).toEqual({ topic: 'orders', sent: 2, failed: 0 });
  const away = ['console-producer', '--bootstrap-server', '127.0.0.1:1', '--topic', 'orders', '--json'];
  const nobody = await new User().run(away, {}, 'apples\n');
  expect([nobody.status, JSON.parse(nobody.stdout)]).toEqual([1, { error: expect.stringContaining('127.0.0.1:1') }]);
});

test('a verification of replicas, a line each until it is stopped', async () => {
  const { address } = await startTestBroker();
  const admin = await createAdmin({ 'bootstrap.servers': address });
  await admin.createTopics([{ name: 'orders' }]);
  await admin.close();
  const words = ['replica-verification', '--broker-list', address, '--report-interval-ms', '0', '--max-wait-ms', '10'];
  const running = new User().start([...words, '--json']);
  expect(documented(await running.line(), 'replica-verification').type).toBe('started');
  expect(documented(await running.line(), 'replica-verification')).toMatchObject({ type: 'lag', topic: 'orders' });
  running.child.kill('SIGINT');
  expect((await running.ended).status).toBe(130);
  const none = await new User().run([...words, '--topics-include', 'nothing', '--json']);
  expect([none.status, JSON.parse(none.stdout)]).toEqual([1, { error: expect.stringContaining('No topics found') }]);
});

test.each([
  ['completion bash', 'it prints a script for a shell'],
  ['connect-standalone worker.properties', 'it never starts a worker, so there is no result'],
  ['jmx', 'it has no result: ktool does not speak JMX'],
])('%s has no --json and says why', async (line, reason) => {
  const message = `There is no --json here: ${reason}`;
  const { status, stdout, stderr } = await new User().run([...line.split(' '), '--json']);
  expect([status, JSON.parse(stdout), stderr]).toEqual([1, { error: message }, `${message}\n`]);
});

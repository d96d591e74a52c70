// The console tools with an address at which there is no cluster: under the name ktool they end and say what to do.
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { ApiVersions } from '../../src/protocol/messages/api-versions.ts';
import { answerVersions, listenForRequests } from '../client/scripted-broker.ts';
import { startTestBroker } from '../helpers/broker.ts';
import { run } from '../helpers/console.ts';
import { freePort } from '../helpers/free-port.ts';

const FRIENDLY = { KTOOL_COMPAT: '' };
const consume = (server: string) =>
  run(['console-consumer', '--bootstrap-server', server, '--topic', 't'], '', FRIENDLY);
const consumeInGroup = (server: string) =>
  run(['console-consumer', '--bootstrap-server', server, '--topic', 't', '--group', 'g'], '', FRIENDLY);
const produce = (server: string) =>
  run(['console-producer', '--bootstrap-server', server, '--topic', 't'], 'one\n', FRIENDLY);

async function httpServer(): Promise<string> {
  const server = createServer((_, response) => response.end()).listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const wantsSasl = () =>
  listenForRequests((request) => {
    if (request.api === ApiVersions.key) answerVersions(request);
    else request.socket.destroy();
  });

describe.each([
  ['console-consumer', consume],
  ['console-consumer --group', consumeInGroup],
  ['console-producer', produce],
])('%s ends and says what to do', (_, start) => {
  const advice = async (server: string) => {
    const { status, stdout, stderr } = await start(server);
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    return stderr.trim().split('\n').at(-1);
  };

  test('where nothing listens', async () => {
    const server = `127.0.0.1:${await freePort()}`;
    expect(await advice(server)).toBe(
      `Cannot connect to ${server}: nothing listens there (connection refused). Start a broker there (ktool server start), or correct host and port.`,
    );
  });

  test('where a web server listens', async () =>
    expect(await advice(await httpServer())).toContain('speaks HTTP, it is not a Kafka broker'));

  test('where SASL is wanted', async () => expect(await advice(await wantsSasl())).toContain('probably wants SASL'));

  test('where the broker advertises an address that cannot be reached', async () => {
    const port = await freePort();
    const advertised = await freePort();
    const overrides = new Map([['advertised.listeners', `PLAINTEXT://127.0.0.1:${advertised}`]]);
    await startTestBroker({ port, overrides });
    const server = `127.0.0.1:${port}`;
    const stderr = await advice(server);
    expect(stderr).toContain(`Cannot connect to 127.0.0.1:${advertised}`);
    expect(stderr).toContain('set advertised.listeners');
  });
});

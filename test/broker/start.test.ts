import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { startBroker } from '../../src/broker/start.ts';
import { ApiVersions } from '../../src/protocol/messages/api-versions.ts';
import { startTestBroker } from '../helpers/broker.ts';
import { connect } from '../helpers/client.ts';
import { freePort } from '../helpers/free-port.ts';
import { LogLines } from '../helpers/log.ts';

function temporaryDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'ktool-broker-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return join(directory, 'data');
}
const overrides = (values: Record<string, string>) => new Map(Object.entries(values));

describe('the data directory', () => {
  test('keeps the cluster id over a restart, and says so as Kafka does', async () => {
    const dataDir = temporaryDirectory();
    const first = await startBroker({ port: 0, dataDir });
    await first.close();
    const properties = readFileSync(join(dataDir, 'meta.properties'), 'utf8');
    for (const line of [`cluster.id=${first.clusterId}`, 'node.id=1', 'version=1'])
      expect(properties.split('\n')).toContain(line);
    expect(properties).toMatch(/^directory\.id=[\w-]{22}$/m);
    expect(existsSync(join(dataDir, '.kafka_cleanshutdown'))).toBe(true);
    const second = await startTestBroker({ dataDir });
    expect(second.clusterId).toBe(first.clusterId);
    expect(second.dataDir).toBe(dataDir);
  });

  test('has the cluster id that is asked for, and is refused for another', async () => {
    const dataDir = temporaryDirectory();
    const clusterId = 'b3JkZXJzLW9mLWEtc2hvcA';
    const first = await startBroker({ port: 0, dataDir, clusterId });
    await first.close();
    expect(first.clusterId).toBe(clusterId);
    await expect(startBroker({ port: 0, dataDir, clusterId: 'c3RvY2stb2YtYS1zaG9wLg' })).rejects.toThrow(
      `Expected c3RvY2stb2YtYS1zaG9wLg, but read ${clusterId}`,
    );
    await expect(startBroker({ port: 0, clusterId: 'mine' })).rejects.toThrow('mine is no cluster id');
  });

  test('is for one broker at a time, and free again when that one is closed', async () => {
    const dataDir = temporaryDirectory();
    const first = await startTestBroker({ dataDir });
    await expect(startBroker({ port: 0, dataDir })).rejects.toThrow(/Failed to acquire lock on file .lock in /);
    await first.close();
    const second = await startBroker({ port: 0, dataDir });
    await second.close();
  });

  test('is not made when the port is taken', async () => {
    const { port } = await startTestBroker();
    const dataDir = temporaryDirectory();
    const taken = startBroker({ port, dataDir });
    await expect(taken).rejects.toThrow(`Cannot listen on 127.0.0.1:${port}: Address already in use.`);
    expect(existsSync(dataDir)).toBe(false);
  });

  test('that cannot be used frees the port', async () => {
    const dataDir = temporaryDirectory();
    const first = await startTestBroker({ dataDir });
    const port = await freePort();
    await expect(startBroker({ port, dataDir })).rejects.toThrow(/lock/);
    const second = await startTestBroker({ port });
    expect([second.port, second.clusterId === first.clusterId]).toEqual([port, false]);
  });
});

describe('listeners', () => {
  test('clients are told the address they came to when the listener is on every address', async () => {
    const broker = await startTestBroker({ host: '0.0.0.0' });
    const endpoint = broker.services.endpointFor({
      listenerName: 'PLAINTEXT',
      localAddress: '192.0.2.7',
      localPort: broker.port,
    });
    expect(endpoint).toEqual({ listenerName: 'PLAINTEXT', host: '192.0.2.7', port: broker.port });
    expect((await connect(broker)).socket.remotePort).toBe(broker.port);
  });

  test('advertised.listeners wins', async () => {
    const broker = await startTestBroker({
      overrides: overrides({ 'advertised.listeners': 'PLAINTEXT://kafka.example:9999' }),
    });
    const connection = { listenerName: 'PLAINTEXT', localAddress: '127.0.0.1', localPort: 1 };
    expect(broker.services.endpointFor(connection)).toMatchObject({ host: 'kafka.example', port: 9999 });
  });

  test('a controller listener is served too, and sends clients to the broker', async () => {
    const broker = await startTestBroker({
      overrides: overrides({
        listeners: 'PLAINTEXT://127.0.0.1:0,CONTROLLER://127.0.0.1:0',
        'controller.listener.names': 'CONTROLLER',
      }),
    });
    const connection = { listenerName: 'CONTROLLER', localAddress: '127.0.0.1', localPort: 1 };
    expect(broker.services.endpointFor(connection)).toEqual({
      listenerName: 'PLAINTEXT',
      host: '127.0.0.1',
      port: broker.port,
    });
  });

  test('--port and --host replace those of the first broker listener of the file', async () => {
    const properties = overrides({
      listeners: 'CONTROLLER://127.0.0.1:0,INSIDE://0.0.0.0:1',
      'listener.security.protocol.map': 'CONTROLLER:PLAINTEXT,INSIDE:PLAINTEXT',
    });
    const broker = await startTestBroker({ properties, host: '127.0.0.1' });
    expect(broker.host).toBe('127.0.0.1');
    const client = await connect(broker);
    expect((await client.request(ApiVersions, 0, {})).errorCode).toBe(0);
  });

  test.each([
    ['SSL://127.0.0.1:0', /Listener SSL \(SSL\): it has no certificate/],
    ['PLAINTEXT://192.0.2.1:0', /192\.0\.2\.1:0 is no address of this machine/],
    ['PLAINTEXT://no-such-host.invalid:0', /The host of no-such-host\.invalid:0 is not known/],
  ])('%s is refused', async (listeners, message) => {
    await expect(startBroker({ overrides: overrides({ listeners }) })).rejects.toThrow(message);
  });
});

test('settings without effect are named once', async () => {
  const logger = new LogLines();
  await startTestBroker({ logger, overrides: overrides({ 'zookeeper.connect': 'localhost:2181', 'my.own': '1' }) });
  const warnings = logger.lines.filter((line) => line.startsWith('warn'));
  expect(warnings).toEqual([
    'warn ktool keeps its metadata itself, without ZooKeeper; not used: zookeeper.connect',
    'warn Unknown settings, not used: my.own',
  ]);
});

test('ten brokers in one process have nothing in common', async () => {
  const brokers = await Promise.all(Array.from({ length: 10 }, () => startTestBroker()));
  expect(new Set(brokers.map(({ clusterId }) => clusterId)).size).toBe(10);
  expect(new Set(brokers.map(({ port }) => port)).size).toBe(10);
});

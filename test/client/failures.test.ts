// What a user is told when a cluster cannot be reached.
import type { Socket } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { type Admin, createAdmin } from '../../src/client/admin.ts';
import { Cluster, type ClusterOptions } from '../../src/client/cluster.ts';
import { ConnectionError, TimeoutError } from '../../src/client/errors.ts';
import { adminSettings } from '../../src/client/settings/admin.ts';
import { ApiVersions } from '../../src/protocol/messages/api-versions.ts';
import { type Logger, silentLogger } from '../../src/util/logger.ts';
import { startTestBroker } from '../helpers/broker.ts';
import { freePort } from '../helpers/free-port.ts';
import { steadyClock } from '../helpers/steady-clock.ts';
import { answerMetadata, answerVersions, listen, listenForRequests } from './scripted-broker.ts';

async function adminFor(
  server: string,
  options: ClusterOptions = { failFast: true },
  more: Record<string, string> = {},
): Promise<Admin> {
  const admin = await createAdmin({ 'bootstrap.servers': server, 'retry.backoff.ms': '10', ...more }, options);
  onTestFinished(() => admin.close());
  return admin;
}

async function failureOf(work: Promise<unknown>): Promise<ConnectionError> {
  const error = await work.catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(ConnectionError);
  return error as ConnectionError;
}

test('nothing listens', async () => {
  const port = await freePort();
  const admin = await adminFor(`127.0.0.1:${port}`);
  const error = await failureOf(admin.listTopics());
  expect(error.failure).toBe('refused');
  expect(error.message).toBe(
    `Cannot connect to 127.0.0.1:${port}: nothing listens there (connection refused). Start a broker there (ktool server start), or correct host and port.`,
  );
});

test.each<[string, string, (socket: Socket) => void, RegExp]>([
  [
    'a TLS alert',
    'tls',
    (socket) => socket.end(Buffer.from('15030300020250', 'hex')),
    /speaks TLS.*security\.protocol/,
  ],
  ['HTTP', 'not-kafka', (socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'), /speaks HTTP/],
  ['no answer', 'not-kafka', (socket) => socket.end(), /closed the connection without an answer.*TLS/],
  ['garbage', 'not-kafka', (socket) => socket.end(Buffer.from('00000004deadbeef', 'hex')), /not Kafka's protocol/],
])('%s', async (_, failure, respond, message) => {
  const server = await listen((socket) => void socket.once('data', () => respond(socket)));
  const error = await failureOf((await adminFor(server)).listTopics());
  expect(error.failure).toBe(failure);
  expect(error.message).toMatch(message);
  expect(error.message).toContain(server);
});

test('SASL is wanted: the connection ends after the version negotiation', async () => {
  const server = await listenForRequests((request) => {
    if (request.api === ApiVersions.key) answerVersions(request);
    else request.socket.destroy();
  });
  const error = await failureOf((await adminFor(server)).listTopics());
  expect(error.failure).toBe('sasl');
  expect(error.message).toMatch(/wants SASL: set security\.protocol/);
});

test('the advertised address cannot be reached', async () => {
  const port = await freePort();
  const server = await listenForRequests((request) => {
    if (request.api === ApiVersions.key) answerVersions(request);
    else answerMetadata(request, '127.0.0.1', port);
  });
  const error = await failureOf((await adminFor(server)).createTopics([{ name: 'x' }]));
  expect(error.message).toContain(`Cannot connect to 127.0.0.1:${port}`);
  expect(error.message).toContain(
    `Broker 7 advertises this address, which cannot be reached from here although ${server} can`,
  );
});

test('no name resolves: the client cannot be made', async () => {
  const warnings: string[] = [];
  const logger: Logger = { ...silentLogger, warn: (message) => void warnings.push(message) };
  const creating = createAdmin({ 'bootstrap.servers': 'no-such-host.invalid:9092' }, { logger });
  await expect(creating).rejects.toThrow('Failed to create new KafkaAdminClient');
  await expect(creating).rejects.toMatchObject({
    cause: { message: 'No resolvable bootstrap urls given in bootstrap.servers' },
  });
  expect(warnings).toEqual([
    "Couldn't resolve server no-such-host.invalid:9092 from bootstrap.servers as DNS resolution failed for no-such-host.invalid",
  ]);
});

test('a bootstrap address without a port', async () => {
  await expect(createAdmin({ 'bootstrap.servers': 'localhost' })).rejects.toMatchObject({
    message: 'Failed to create new KafkaAdminClient',
    cause: { message: 'Invalid url in bootstrap.servers: localhost' },
  });
});

test("by Kafka's rules a client keeps trying, warns, and gives up after default.api.timeout.ms", async () => {
  const port = await freePort();
  const warnings: string[] = [];
  const logger: Logger = { ...silentLogger, warn: (message) => void warnings.push(message) };
  const settings = { 'client.id': 'me', 'default.api.timeout.ms': '2000' };
  const admin = await adminFor(`localhost:${port}`, { logger, clock: steadyClock() }, settings);
  const error = await admin.listTopics().catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(TimeoutError);
  expect(String(error)).toBe(
    'org.apache.kafka.common.errors.TimeoutException: Timed out waiting for a node assignment. Call: listTopics',
  );
  expect((error as TimeoutError).cause).toBeInstanceOf(ConnectionError);
  expect(warnings.length).toBeGreaterThan(1);
  expect(warnings[0]).toBe(
    `[AdminClient clientId=me] Connection to node -1 (localhost/127.0.0.1:${port}) could not be established. Node may not be available.`,
  );
});

test('groups of an unreachable cluster', async () => {
  const settings = { 'default.api.timeout.ms': '400' };
  const admin = await adminFor(`127.0.0.1:${await freePort()}`, { clock: steadyClock() }, settings);
  await expect(admin.listGroups()).rejects.toThrow('Failed to find brokers to send ListGroups');
});

test('a broker that does not answer: the request times out and is tried again on a new connection', async () => {
  let connections = 0;
  const server = await listenForRequests((request) => {
    if (request.api !== ApiVersions.key) return;
    connections++;
    answerVersions(request);
  });
  const settings = { 'request.timeout.ms': '400', 'default.api.timeout.ms': '2000' };
  const admin = await adminFor(server, { clock: steadyClock() }, settings);
  await expect(admin.listTopics()).rejects.toThrow(
    /^Call\(callName=listTopics, deadlineMs=\d+, tries=\d+, nextAllowedTryMs=\d+\) timed out at \d+ after \d+ attempt\(s\)$/,
  );
  expect(connections).toBeGreaterThan(1);
});

test('a broker that has gone: every way to it says so', async () => {
  const broker = await startTestBroker({ port: await freePort() });
  const settings = adminSettings({ 'bootstrap.servers': broker.address, 'reconnect.backoff.ms': '5000' });
  const cluster = await Cluster.create(settings, 'AdminClient', {}, 'not made');
  onTestFinished(() => cluster.close());
  await cluster.metadata.refresh([]);
  await broker.close();
  await failureOf(cluster.brokerById(broker.nodeId));
  const error = await cluster.call('anything', 'any', async () => 0, 50).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(TimeoutError);
  expect((error as TimeoutError).cause).toMatchObject({ failure: 'refused' });
});

test('a call ends in time where a connection is taken and nothing said on it', async () => {
  const server = await listen(() => {});
  const clock = steadyClock();
  const admin = await adminFor(server, { failFast: true, clock });
  await expect(admin.listTopics({ timeoutMs: 400 })).rejects.toThrow(
    'Timed out waiting for a node assignment. Call: listTopics',
  );
  expect(clock.monotonicMs()).toBeLessThan(2000);
});

test('a call ends in time even if request.timeout.ms is longer', async () => {
  const server = await listenForRequests((request) => {
    if (request.api === ApiVersions.key) answerVersions(request);
  });
  const clock = steadyClock();
  const admin = await adminFor(server, { clock }, { 'default.api.timeout.ms': '400' });
  await expect(admin.listTopics()).rejects.toBeInstanceOf(TimeoutError);
  expect(clock.monotonicMs()).toBeLessThan(2000);
});

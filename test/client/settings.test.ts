import { expect, test } from 'vitest';
import { adminSettings } from '../../src/client/settings/admin.ts';
import { consumerSettings as consumerOf } from '../../src/client/settings/consumer.ts';
import { producerSettings as producerOf } from '../../src/client/settings/producer.ts';

const somewhere = { 'bootstrap.servers': 'localhost:9092' };
const producerSettings = (properties: Record<string, string>) => producerOf({ ...somewhere, ...properties });
const consumerSettings = (properties: Record<string, string>) => consumerOf({ ...somewhere, ...properties });

test('defaults are those of Kafka 4.3', () => {
  expect(adminSettings({})).toMatchObject({
    requestTimeoutMs: 30_000,
    defaultApiTimeoutMs: 60_000,
    retries: 2_147_483_647,
    retryBackoffMs: 100,
    retryBackoffMaxMs: 1000,
  });
  expect(producerSettings({})).toMatchObject({
    acks: -1,
    batchSize: 16_384,
    lingerMs: 5,
    idempotence: true,
    deliveryTimeoutMs: 120_000,
    bufferMemory: 33_554_432,
    maxRequestSize: 1_048_576,
  });
});

test('lists are split at commas, numbers trimmed, unknown keys ignored', () => {
  const settings = adminSettings({ 'bootstrap.servers': ' a:1 , b:2,a:1', retries: ' 7 ', 'my.key': 'x' });
  expect(settings.bootstrapServers).toEqual(['a:1', 'b:2']);
  expect(settings.retries).toBe(7);
  expect(() => adminSettings({ 'bootstrap.servers': 'a:1,' })).toThrow(
    "Configuration 'bootstrap.servers' values must not be empty.",
  );
});

test.each([
  [{ retries: 'many' }, 'Invalid value many for configuration retries: Not a number of type INT'],
  [{ 'retry.backoff.ms': '1.5' }, 'Invalid value 1.5 for configuration retry.backoff.ms: Not a number of type LONG'],
  [{ retries: '3000000000' }, 'Invalid value 3000000000 for configuration retries: Not a number of type INT'],
  [
    { 'client.dns.lookup': 'never' },
    'Invalid value never for configuration client.dns.lookup: String must be one of: use_all_dns_ips, resolve_canonical_bootstrap_servers_only',
  ],
  [{ retries: '-1' }, 'Invalid value -1 for configuration retries: Value must be at least 0'],
])('admin refuses %j', (properties, message) => {
  expect(() => adminSettings(properties)).toThrow(message);
});

test('security.protocol is compared without regard to case', () => {
  expect(adminSettings({ 'security.protocol': 'plaintext' }).securityProtocol).toBe('PLAINTEXT');
});

test.each([
  [{ acks: '2' }, 'Invalid value 2 for configuration acks: String must be one of: all, -1, 0, 1'],
  [
    { 'compression.type': 'brotli' },
    'Invalid value brotli for configuration compression.type: String must be one of: none, gzip, snappy, lz4, zstd',
  ],
  [
    { 'enable.idempotence': 'yes' },
    'Invalid value yes for configuration enable.idempotence: Expected value to be either true or false',
  ],
  [
    { 'enable.idempotence': 'true', acks: '1' },
    'Must set acks to all in order to use the idempotent producer. Otherwise we cannot guarantee idempotence.',
  ],
  [
    { 'enable.idempotence': 'true', 'max.in.flight.requests.per.connection': '9' },
    'max.in.flight.requests.per.connection must be set to at most 5. Current value is 9.',
  ],
  [{ retries: '0', 'max.in.flight.requests.per.connection': '6' }, 'Current value is 6.'],
  [{ 'enable.idempotence': 'true', acks: '1', retries: '0' }, 'Must set retries to non-zero'],
  [{ 'transactional.id': 't', acks: '1' }, 'Cannot set a transactional.id without also enabling idempotence.'],
  [{ 'transactional.id': ' ' }, 'Invalid value  for configuration transactional.id: String must be non-empty'],
  [
    { 'metadata.max.idle.ms': '1' },
    'Invalid value 1 for configuration metadata.max.idle.ms: Value must be at least 5000',
  ],
  [{ 'delivery.timeout.ms': '10', 'linger.ms': '5' }, 'Failed to construct kafka producer'],
])('producer refuses %j', (properties, message) => {
  expect(() => producerSettings(properties)).toThrow(message);
});

test('idempotence steps back where it was not asked for and other settings exclude it', () => {
  expect(producerSettings({ acks: '1' }).idempotence).toBe(false);
  expect(producerSettings({ retries: '0' }).idempotence).toBe(false);
});

test('delivery.timeout.ms grows with linger.ms and request.timeout.ms', () => {
  expect(producerSettings({ 'request.timeout.ms': '200000', 'linger.ms': '7' }).deliveryTimeoutMs).toBe(200_007);
});

test.each([
  [{ 'send.buffer.bytes': '-7' }, 'Invalid value -7 for configuration send.buffer.bytes: Value must be at least -1'],
  [{ 'max.poll.records': '0' }, 'Invalid value 0 for configuration max.poll.records: Value must be at least 1'],
  [{ 'metrics.recording.level': 'LOUD' }, 'String must be one of: INFO, DEBUG, TRACE'],
  [{ 'group.protocol': 'nope' }, 'String must be one of (case insensitive): CONSUMER, CLASSIC'],
  [
    { 'group.protocol': 'consumer', 'session.timeout.ms': '9', 'heartbeat.interval.ms': '3' },
    'heartbeat.interval.ms, session.timeout.ms cannot be set when group.protocol=CONSUMER',
  ],
  [{ 'group.remote.assignor': 'range' }, 'group.remote.assignor cannot be set when group.protocol=CLASSIC'],
  [{ 'group.id': 'g', 'session.timeout.ms': '3000' }, 'Heartbeat must be set lower than the session timeout'],
  [{ 'partition.assignment.strategy': 'a.B' }, 'a.B ClassNotFoundException exception occurred'],
  [{ 'group.instance.id': '' }, 'String must be non-empty'],
])('consumer refuses %j', (properties, message) => {
  expect(() => consumerSettings(properties as Record<string, string>)).toThrow(message);
});

test('a consumer without a group needs no heartbeat below its session timeout', () => {
  expect(consumerSettings({ 'session.timeout.ms': '10' }).sessionTimeoutMs).toBe(10);
});

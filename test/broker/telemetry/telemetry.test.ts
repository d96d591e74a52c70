// Telemetry of clients (KIP-714) over the wire: who is asked for what, when pushes are taken, and what is written. The
// number of a subscription is checked against a second computation of ClientMetricsManager.computeSubscriptionId.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, onTestFinished, test } from 'vitest';
import { ErrorCode } from '../../../src/protocol/errors.ts';
import { ApiVersions } from '../../../src/protocol/messages/api-versions.ts';
import { GetTelemetrySubscriptions } from '../../../src/protocol/messages/get-telemetry-subscriptions.ts';
import { IncrementalAlterConfigs } from '../../../src/protocol/messages/incremental-alter-configs.ts';
import { PushTelemetry } from '../../../src/protocol/messages/push-telemetry.ts';
import { crc32c } from '../../../src/protocol/records/crc32c.ts';
import { ManualClock } from '../../../src/util/clock.ts';
import { ZERO_UUID } from '../../../src/util/uuid.ts';
import { startTestBroker } from '../../helpers/broker.ts';
import { connect, type TestClient } from '../../helpers/client.ts';

const CLIENT = 'AAECAwQFBgcICQoLDA0ODw';
const SOFTWARE = { clientSoftwareName: 'apache-kafka-java', clientSoftwareVersion: '4.3.1' };

class Session {
  readonly clock = new ManualClock();
  readonly file: string;
  client!: TestClient;

  constructor() {
    const directory = mkdtempSync(join(tmpdir(), 'ktool-telemetry-'));
    onTestFinished(() => rmSync(directory, { recursive: true }));
    this.file = join(directory, 'metrics.jsonl');
  }

  static async open(more: [string, string][] = []): Promise<Session> {
    const session = new Session();
    const overrides = new Map([['ktool.client.telemetry.file', session.file], ...more]);
    session.client = await connect(await startTestBroker({ clock: session.clock, overrides }));
    await session.client.request(ApiVersions, 4, SOFTWARE);
    return session;
  }

  async alter(name: string, configs: Record<string, string>): Promise<void> {
    const changes = Object.entries(configs).map(([key, value]) => ({ name: key, configOperation: 0, value }));
    const resources = [{ resourceType: 16, resourceName: name, configs: changes }];
    const { responses } = await this.client.request(IncrementalAlterConfigs, 1, { resources, validateOnly: false });
    expect(responses[0]!.errorCode).toBe(0);
  }

  get(clientInstanceId = CLIENT) {
    return this.client.request(GetTelemetrySubscriptions, 0, { clientInstanceId }, 'shop-1');
  }

  async push(subscriptionId: number, metrics: Buffer, more: { terminating?: boolean; compressionType?: number } = {}) {
    const request = { clientInstanceId: CLIENT, subscriptionId, terminating: false, compressionType: 0, metrics };
    return (await this.client.request(PushTelemetry, 0, { ...request, ...more }, 'shop-1')).errorCode;
  }

  get lines(): unknown[] {
    return readFileSync(this.file, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
  }
}

/** A field of protobuf with its content. */
function field(number: number, content: Buffer | string): Buffer {
  const bytes = Buffer.from(content);
  return Buffer.concat([Buffer.from([number * 8 + 2, bytes.length]), bytes]);
}

function double(number: number, value: number): Buffer {
  const bytes = Buffer.alloc(9, number * 8 + 1);
  bytes.writeDoubleLE(value, 1);
  return bytes;
}

function fixed64(number: number, value: bigint): Buffer {
  const bytes = Buffer.alloc(9, number * 8 + 1);
  bytes.writeBigUInt64LE(value, 1);
  return bytes;
}

/** MetricsData with a gauge of 1.5 labelled topic=t, and a sum of 7. */
function metricsData(): Buffer {
  const label = field(7, Buffer.concat([field(1, 'topic'), field(2, field(1, 't'))]));
  const gauge = field(5, field(1, Buffer.concat([fixed64(3, 5_000_000n), double(4, 1.5), label])));
  const sum = field(
    7,
    Buffer.concat([field(1, Buffer.concat([fixed64(3, 6_000_000n), fixed64(6, 7n)])), Buffer.from([16, 1, 24, 1])]),
  );
  const metrics = [
    field(2, Buffer.concat([field(1, 'a.gauge'), gauge])),
    field(2, Buffer.concat([field(1, 'a.sum'), sum])),
  ];
  return field(1, field(2, Buffer.concat(metrics)));
}

test('without a place for telemetry clients are not told of it', async () => {
  const client = await connect(await startTestBroker());
  const { apiKeys } = await client.request(ApiVersions, 4, SOFTWARE);
  expect(apiKeys.map(({ apiKey }) => apiKey)).not.toEqual(expect.arrayContaining([71]));
  const configured = await Session.open();
  const told = await configured.client.request(ApiVersions, 4, SOFTWARE);
  expect(told.apiKeys.map(({ apiKey }) => apiKey)).toEqual(expect.arrayContaining([71, 72]));
});

test('who matches all patterns is asked for the metrics of all subscriptions, by the shortest interval', async () => {
  const session = await Session.open();
  await session.alter('one', { metrics: 'x.,y.', match: 'client_id=shop-.*,client_software_name=apache-kafka-java' });
  await session.alter('two', { metrics: 'y.,z.', 'interval.ms': '1000' });
  await session.alter('others', { metrics: '*', match: 'client_id=shop' });
  const answer = await session.get();
  expect(answer).toMatchObject({
    errorCode: 0,
    clientInstanceId: CLIENT,
    acceptedCompressionTypes: [4, 3, 1, 2],
    pushIntervalMs: 1000,
    telemetryMaxBytes: 1_048_576,
    deltaTemporality: true,
  });
  expect([...answer.requestedMetrics].sort()).toEqual(['x.', 'y.', 'z.']);
  const crc = crc32c(Buffer.from(`[${answer.requestedMetrics.join(', ')}]1000`));
  const hash = 0x00010203 ^ 0x04050607 ^ 0x08090a0b ^ 0x0c0d0e0f;
  expect(answer.subscriptionId).toBe(crc ^ hash);
  await session.alter('others', { match: 'client_source_address=127.0.0.1' });
  expect((await session.get()).requestedMetrics).toEqual(['*']);
});

test('a client without an id is given one, and one without subscriptions is asked for nothing', async () => {
  const session = await Session.open();
  const answer = await session.get(ZERO_UUID);
  expect(answer.clientInstanceId).not.toBe(ZERO_UUID);
  expect(answer).toMatchObject({ requestedMetrics: [], pushIntervalMs: 300_000 });
});

test('pushes come by the interval: earlier ones are refused, but for the first and the last', async () => {
  const session = await Session.open();
  await session.alter('all', { metrics: '*', 'interval.ms': '1000' });
  const { subscriptionId } = await session.get();
  session.clock.advance(1);
  expect((await session.get()).errorCode).toBe(ErrorCode.THROTTLING_QUOTA_EXCEEDED);
  expect(await session.push(subscriptionId, metricsData())).toBe(ErrorCode.NONE);
  session.clock.advance(999);
  expect(await session.push(subscriptionId, metricsData())).toBe(ErrorCode.THROTTLING_QUOTA_EXCEEDED);
  session.clock.advance(1);
  expect(await session.push(subscriptionId, metricsData())).toBe(ErrorCode.NONE);
  expect(await session.push(subscriptionId, metricsData(), { terminating: true })).toBe(ErrorCode.NONE);
  session.clock.advance(5000);
  expect(await session.push(subscriptionId, metricsData())).toBe(ErrorCode.INVALID_REQUEST);
});

test('what is pushed is written, a line for each data point', async () => {
  const session = await Session.open();
  await session.alter('all', { metrics: '*', 'interval.ms': '100' });
  const { subscriptionId } = await session.get();
  expect(await session.push(subscriptionId, gzipSync(metricsData()), { compressionType: 1 })).toBe(ErrorCode.NONE);
  const client = { client: CLIENT, clientId: 'shop-1' };
  expect(session.lines).toEqual([
    { timeMs: 5, ...client, name: 'a.gauge', type: 'gauge', value: 1.5, attributes: { topic: 't' } },
    { timeMs: 6, ...client, name: 'a.sum', type: 'sum', value: 7, attributes: {} },
  ]);
});

test('what cannot be taken is refused, and the client can ask anew at once where it should', async () => {
  const session = await Session.open([['telemetry.max.bytes', '100']]);
  await session.alter('all', { metrics: '*', 'interval.ms': '1000' });
  const { subscriptionId } = await session.get();
  session.clock.advance(1);
  expect(await session.push(subscriptionId + 1, metricsData())).toBe(ErrorCode.UNKNOWN_SUBSCRIPTION_ID);
  expect((await session.get()).errorCode).toBe(ErrorCode.NONE);
  const refused: [Buffer, { compressionType?: number }, number][] = [
    [metricsData(), { compressionType: 9 }, ErrorCode.UNSUPPORTED_COMPRESSION_TYPE],
    [Buffer.alloc(101), {}, ErrorCode.TELEMETRY_TOO_LARGE],
    [Buffer.from('nonsense'), { compressionType: 1 }, ErrorCode.INVALID_RECORD],
    [Buffer.from([10, 99]), {}, ErrorCode.INVALID_RECORD],
  ];
  for (const [metrics, more, error] of refused) {
    session.clock.advance(1000);
    expect(await session.push(subscriptionId, metrics, more)).toBe(error);
  }
});

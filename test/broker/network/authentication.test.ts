// What a client may do before it has logged in.
import { expect, test } from 'vitest';
import { listenerConfig } from '../../../src/broker/config/listener-config.ts';
import { ErrorCode } from '../../../src/protocol/errors.ts';
import { requestHeaderVersion } from '../../../src/protocol/headers.ts';
import { ApiVersions } from '../../../src/protocol/messages/api-versions.ts';
import { apiByName } from '../../../src/protocol/messages/index.ts';
import { Metadata } from '../../../src/protocol/messages/metadata.ts';
import { SaslHandshake } from '../../../src/protocol/messages/sasl-handshake.ts';
import { ManualClock } from '../../../src/util/clock.ts';
import { startTestBroker } from '../../helpers/broker.ts';
import { connect } from '../../helpers/client.ts';
import { LogLines } from '../../helpers/log.ts';
import { framed } from '../../helpers/network.ts';

const int16 = (value: number) => {
  const bytes = Buffer.alloc(2);
  bytes.writeInt16BE(value);
  return bytes;
};
const METADATA = { topics: null, allowAutoTopicCreation: false };
const SASL_MAX = 1000;
const PLAIN_MODULE = 'org.apache.kafka.common.security.plain.PlainLoginModule';

async function startWithSasl(more: object = {}) {
  const logger = new LogLines();
  const broker = await startTestBroker({
    logger,
    overrides: {
      listeners: 'PLAINTEXT://127.0.0.1:0,SASL_PLAINTEXT://127.0.0.1:0',
      'sasl.server.max.receive.size': SASL_MAX,
      'sasl.enabled.mechanisms': 'PLAIN',
      'listener.name.sasl_plaintext.plain.sasl.jaas.config': `${PLAIN_MODULE} required user_a="b";`,
    },
    ...more,
  });
  const { port } = broker.services.endpointFor({
    listenerName: 'SASL_PLAINTEXT',
    localAddress: '127.0.0.1',
    localPort: 0,
  });
  return { broker, logger, port };
}

test('on a SASL listener versions and the handshake are answered, and nothing else before the login', async () => {
  const { port, logger } = await startWithSasl();
  const client = await connect({ port });
  expect((await client.request(ApiVersions, 0, {})).errorCode).toBe(0);
  expect((await client.request(SaslHandshake, 1, { mechanism: 'NO-SUCH' })).errorCode).not.toBe(0);
  const other = await connect({ port });
  await expect(other.request(Metadata, 5, METADATA)).rejects.toThrow('closed the connection');
  expect(logger.lines.join()).toContain('Unexpected Kafka request of type METADATA during SASL handshake.');
});

// As Apache Kafka 4.3.1 answers, byte for byte, in the versions that clients ask in.
const IN_EXCHANGE: readonly [api: string, version: number, request: string, answer: string][] = [
  ['ApiVersions', 4, '0263 0231 00', '00000007 0022 01 00000000 00'],
  ['Metadata', 1, '00000001 000474657374', '00000007 00000000 ffffffff 00000001 0022 000474657374 00 00000000'],
  ['FindCoordinator', 0, '000161', '00000007 0022 ffffffff 0000 ffffffff'],
  ['Heartbeat', 4, '0261 00000001 0262 00 00', '00000007 00 00000000 0022 00'],
];

test.each(IN_EXCHANGE)('%s in the middle of a login is answered with an error before the end', async (...row) => {
  const [name, version, request, answer] = row;
  const { port, logger } = await startWithSasl();
  const client = await connect({ port });
  await client.request(ApiVersions, 4, { clientSoftwareName: 'c', clientSoftwareVersion: '1' });
  await client.request(SaslHandshake, 1, { mechanism: 'PLAIN' });
  const { key } = apiByName(name)!;
  const head = Buffer.concat([int16(key), int16(version), Buffer.from('00000007ffff', 'hex')]);
  const tags = requestHeaderVersion(apiByName(name)!, version) === 2 ? Buffer.alloc(1) : Buffer.alloc(0);
  client.send(framed(Buffer.concat([head, tags, Buffer.from(request.replaceAll(' ', ''), 'hex')])));
  expect((await client.nextFrame()).toString('hex')).toBe(answer.replaceAll(' ', ''));
  await client.closed;
  expect(logger.lines.join()).toMatch(/Unexpected Kafka request of type [A-Z_]+ during SASL authentication\./);
});

test('a second listener without SASL serves meanwhile, and each tells its clients its own address', async () => {
  const { broker, port } = await startWithSasl();
  const client = await connect(broker);
  const { brokers } = await client.request(Metadata, 5, METADATA);
  expect(brokers.map((one) => one.port)).toEqual([broker.port]);
  expect(broker.port).not.toBe(port);
});

test('before the login a frame may have sasl.server.max.receive.size bytes, elsewhere more', async () => {
  const { broker, port } = await startWithSasl();
  const claim = Buffer.alloc(4);
  claim.writeInt32BE(SASL_MAX + 1);
  const client = await connect({ port });
  client.send(claim);
  await client.closed;
  const other = await connect(broker);
  const clientSoftwareName = 'a'.repeat(SASL_MAX);
  expect((await other.request(ApiVersions, 3, { clientSoftwareName, clientSoftwareVersion: '1' })).errorCode).toBe(0);
});

test('who does not log in within a minute is put out, however busy', async () => {
  const clock = new ManualClock();
  const { broker, port } = await startWithSasl({ clock });
  const [slow, other] = [await connect({ port }), await connect(broker)];
  for (let seconds = 0; seconds < 60; seconds += 20) {
    clock.advance(20_000);
    // A question that cannot be answered may be asked again.
    const nobody = { clientSoftwareName: '', clientSoftwareVersion: '' };
    if (seconds < 40) expect((await slow.request(ApiVersions, 3, nobody)).errorCode).toBe(ErrorCode.INVALID_REQUEST);
  }
  clock.advance(10_000);
  await slow.closed;
  expect((await other.request(ApiVersions, 0, {})).errorCode).toBe(0);
});

test('a key of one listener wins over that of all, which wins over the default', () => {
  const values = new Map([
    ['ssl.client.auth', 'requested'],
    ['listener.name.inside.ssl.client.auth', 'required'],
    ['listener.name.inside.plain.sasl.jaas.config', 'x'],
  ]);
  expect(listenerConfig(values, 'INSIDE', 'ssl.client.auth')).toBe('required');
  expect(listenerConfig(values, 'OUTSIDE', 'ssl.client.auth')).toBe('requested');
  expect(listenerConfig(new Map(), 'OUTSIDE', 'ssl.client.auth')).toBe('none');
  expect(listenerConfig(values, 'OUTSIDE', 'ssl.keystore.location')).toBeUndefined();
  expect(listenerConfig(values, 'INSIDE', 'plain.sasl.jaas.config')).toBe('x');
});

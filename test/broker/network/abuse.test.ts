// What strangers and broken clients send: the connection ends, one line says what it looked like, nobody else notices.
import { describe, expect, test } from 'vitest';
import { encodeRequest } from '../../../src/protocol/headers.ts';
import { ApiVersions } from '../../../src/protocol/messages/api-versions.ts';
import { startTestBroker } from '../../helpers/broker.ts';
import { connect, type TestClient } from '../../helpers/client.ts';
import { LogLines } from '../../helpers/log.ts';
import { framed } from '../../helpers/network.ts';

const hex = (text: string): Buffer => Buffer.from(text.replaceAll(' ', ''), 'hex');
/** Key and version, correlation id 99, then the rest. */
function request(key: number, version: number, rest: Buffer | string = hex('0000')): Buffer {
  const header = Buffer.alloc(8);
  header.writeInt16BE(key);
  header.writeInt16BE(version, 2);
  header.writeInt32BE(99, 4);
  return framed(Buffer.concat([header, Buffer.from(rest)]));
}
const serves = (client: TestClient) => client.request(ApiVersions, 0, {}).then(({ errorCode }) => errorCode === 0);

const ENDING: [string, Buffer | string, RegExp][] = [
  [
    'HTTP',
    'GET /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n',
    /not a Kafka client: it sent an HTTP request \(GET \/metrics HTTP\/1.1\)/,
  ],
  ['TLS', hex('16 03 01 02 00 01 00 01 fc 03 03 aa bb'), /a TLS handshake on a plaintext listener/],
  ['SSH', 'SSH-2.0-OpenSSH_9.6\r\n', /an SSH client \(SSH-2.0-OpenSSH_9.6\)/],
  ['Redis', '*1\r\n$4\r\nPING\r\n', /a Redis client/],
  ['a PROXY header', 'PROXY TCP4 10.0.0.1 10.0.0.2 1 2\r\n', /a PROXY protocol header/],
  ['plain text', 'hello there\n', /plain text \(hello there\)/],
  ['size -1', hex('ff ff ff ff 00'), /it sent bytes ffffffff00/],
  ['size -2^31', hex('80 00 00 00 00'), /it sent bytes 8000000000/],
  ['size 2^31-1', hex('7f ff ff ff 00'), /it sent bytes 7fffffff00/],
  ['one byte above socket.request.max.bytes', hex('00 10 00 01 00'), /it sent bytes/],
  ['an empty frame', framed(''), /a frame of 0 bytes is shorter than a request header/],
  ['7 bytes', framed('1234567'), /a frame of 7 bytes is shorter/],
  ['API key -1', request(-1, 0), /unknown API key -1/],
  ['API key 4 (LeaderAndIsr)', request(4, 0), /unknown API key 4/],
  ['API key 93', request(93, 0), /unknown API key 93/],
  ['API key 32767', request(32767, 0), /unknown API key 32767/],
  ['Produce v2', request(0, 2), /version 2 of Produce is not supported|unknown API key 0/],
  ['a client id longer than the frame', request(18, 0, hex('0050 41')), /needs 80 bytes/],
  [
    'an array of length -2 where the version allows no null',
    request(2, 1, hex('ffff ffffffff fffffffe')),
    /non-nullable field/,
  ],
  ['a varint that does not end', request(18, 3, hex('ffff 00 ffffffffffffffffffff')), /varint/i],
  ['a compact string longer than the frame', request(18, 3, hex('ffff 00 7f 41')), /needs 126 bytes/],
  ['null where the version allows none', request(18, 3, hex('ffff 00 00 00')), /non-nullable field/],
  [
    'a list of a million and one',
    request(15, 5, Buffer.concat([hex('ffff 00 c2843d'), Buffer.alloc(1_000_001, 1), hex('0000')])),
    /list of 1000001 elements, more than one request may have/,
  ],
  ['more tagged fields than bytes', request(18, 3, hex('ffff c0843d 00')), /./],
  [
    'a tagged field longer than the frame',
    request(18, 3, hex('ffff 01 00 ff01')),
    /tagged field of 255 bytes in RequestHeader, 0 are left/,
  ],
];

describe('a connection that sends', () => {
  test.each(ENDING)('%s ends, with one line', async (_, bytes, line) => {
    const logger = new LogLines();
    const broker = await startTestBroker({ logger, overrides: new Map([['socket.request.max.bytes', '1048576']]) });
    const other = await connect(broker);
    const client = await connect(broker);
    client.send(bytes);
    await client.closed;
    expect(logger.lines).toEqual([expect.stringMatching(line)]);
    expect(logger.lines[0]).toMatch(/^warn Connection from \/127\.0\.0\.1 on PLAINTEXT: closed, /);
    expect(await serves(other)).toBe(true);
  });
});

describe('ApiVersions is answered in v0 with UNSUPPORTED_VERSION and its own versions', () => {
  const answer = '00000063 0023 00000001 0012 0000 0004'.replaceAll(' ', '');
  test.each([
    ['v5', request(18, 5, hex('0001 78 00 00 00 00'))],
    ['v99 with a body that is none', request(18, 99, hex('ffff 00 ffeeff'))],
    ['v-1', request(18, -1, hex('0001 78'))],
  ])('%s', async (_, bytes) => {
    const client = await connect(await startTestBroker());
    client.send(bytes);
    expect((await client.nextFrame()).toString('hex')).toBe(answer);
    expect(await serves(client)).toBe(true);
  });
});

describe('tolerated, as by Kafka', () => {
  const good = { clientSoftwareName: 'x', clientSoftwareVersion: '1' };

  test('a null client id, negative and repeated correlation ids, bytes behind the body, unknown tags', async () => {
    const client = await connect(await startTestBroker());
    const frame = encodeRequest(ApiVersions, 3, { correlationId: -5, clientId: null }, good);
    const body = Buffer.concat(frame).subarray(4);
    const withTag = Buffer.concat([body.subarray(0, -1), hex('01 63 02 aabb')]);
    for (const bytes of [body, body, Buffer.concat([body, hex('010203')]), withTag]) {
      client.send(framed(bytes));
      const answer = await client.nextFrame();
      expect([answer.readInt32BE(0), answer.readInt16BE(4)]).toEqual([-5, 0]);
    }
  });

  test('a negative length other than -1, which is null', async () => {
    const client = await connect(await startTestBroker());
    client.send(request(18, 0, hex('8000')));
    expect((await client.nextFrame()).readInt16BE(4)).toBe(0);
    // Metadata v1 of all topics, ElectLeaders v0 of all partitions, FindCoordinator v0 for no client.
    for (const [key, version, rest] of [
      [3, 1, 'fffe 80000000'],
      [43, 0, 'ffff ffffff00 00000001'],
      [10, 0, 'fff0 0001 67'],
    ] as const) {
      client.send(request(key, version, hex(rest)));
      expect((await client.nextFrame()).readInt32BE(0)).toBe(99);
    }
  });

  test('a client id that is no UTF-8', async () => {
    const client = await connect(await startTestBroker());
    client.send(request(18, 0, hex('0002 c328')));
    expect((await client.nextFrame()).readInt16BE(4)).toBe(0);
  });

  test('a connection cut in the middle of a frame', async () => {
    const logger = new LogLines();
    const broker = await startTestBroker({ logger });
    const client = await connect(broker);
    client.socket.end(framed('12345678').subarray(0, 6));
    await client.closed;
    expect(await serves(await connect(broker))).toBe(true);
    expect(logger.lines).toEqual([]);
  });
});

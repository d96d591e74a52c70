// What is advertised is what is served: a request of each advertised (API, version), with every field set to something
// (test/kafka/messages.jsonl, bytes written by Kafka's own classes), gets an answer that decodes to its last byte.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { decode, encode } from '../../src/protocol/codec.ts';
import {
  RequestHeaderMessage,
  ResponseHeaderMessage,
  requestHeaderVersion,
  responseHeaderVersion,
} from '../../src/protocol/headers.ts';
import { ApiVersions } from '../../src/protocol/messages/api-versions.ts';
import { apiByKey } from '../../src/protocol/messages/index.ts';
import { Reader } from '../../src/protocol/reader.ts';
import { Writer } from '../../src/protocol/writer.ts';
import { startTestBroker } from '../helpers/broker.ts';
import { connect, type TestClient } from '../helpers/client.ts';

const bodies = new Map(
  readFileSync(new URL('../kafka/messages.jsonl', import.meta.url), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { name: string; version: number; hex: string })
    .map(({ name, version, hex }) => [`${name} ${version}`, hex]),
);

// Its permission type is 0 (UNKNOWN), at which Kafka hangs up; ALLOW has an answer.
bodies.set('DescribeAclsRequest 3', bodies.get('DescribeAclsRequest 3')!.replace(/0000$/, '0300'));

async function advertised(client: TestClient) {
  const { apiKeys } = await client.request(ApiVersions, 4, { clientSoftwareName: 'test', clientSoftwareVersion: '1' });
  return apiKeys;
}

function frame(key: number, version: number, correlationId: number): Buffer {
  const api = apiByKey(key)!;
  const writer = new Writer();
  encode(RequestHeaderMessage, requestHeaderVersion(api, version), writer, {
    requestApiKey: key,
    requestApiVersion: version,
    correlationId,
    clientId: 'golden',
  });
  writer.raw(Buffer.from(bodies.get(`${api.name}Request ${version}`)!, 'hex'));
  const size = Buffer.alloc(4);
  size.writeInt32BE(writer.size);
  return Buffer.concat([size, ...writer.finish()]);
}

describe('every advertised API', () => {
  it('answers each of its versions', async () => {
    const broker = await startTestBroker();
    const apiKeys = await advertised(await connect(broker));
    expect(apiKeys.length).toBeGreaterThanOrEqual(30);
    for (const { apiKey, minVersion, maxVersion } of apiKeys) {
      const api = apiByKey(apiKey)!;
      for (let version = Math.max(minVersion, api.versions[0]); version <= maxVersion; version++) {
        const client = await connect(broker);
        client.send(frame(apiKey, version, 77));
        const answer = await client.nextFrame().catch((error: Error) => error);
        const what = `${api.name} v${version}`;
        if (answer instanceof Error) throw new Error(`${what}: ${answer.message}`);
        const reader = new Reader(answer);
        expect(decode(ResponseHeaderMessage, responseHeaderVersion(api, version), reader).correlationId, what).toBe(77);
        decode(api.response, version, reader);
        expect(reader.remaining, what).toBe(0);
        client.close();
      }
    }
  });

  it('lies within what Kafka 4.3 has', async () => {
    const broker = await startTestBroker();
    for (const { apiKey, minVersion, maxVersion } of await advertised(await connect(broker))) {
      const api = apiByKey(apiKey)!;
      expect(maxVersion, api.name).toBe(api.versions[1]);
      expect(minVersion, api.name).toBe(api.name === 'Produce' ? 0 : api.versions[0]);
    }
  });
});

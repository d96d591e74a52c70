// Frames of real clients and of real Kafka (test/kafka/frames.md): read and written back to the byte.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { decode } from '../../src/protocol/codec.ts';
import {
  decodeRequest,
  decodeResponse,
  encodeRequest,
  encodeResponse,
  RequestHeaderMessage,
  requestHeaderVersion,
} from '../../src/protocol/headers.ts';
import { ApiVersions } from '../../src/protocol/messages/api-versions.ts';
import { apiByKey, apis } from '../../src/protocol/messages/index.ts';
import { Reader } from '../../src/protocol/reader.ts';

interface Exchange {
  client: string;
  key: number;
  version: number;
  request: string;
  response: string;
}

const exchanges = readFileSync(new URL('../kafka/frames.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Exchange);
const unframed = (parts: readonly Buffer[]) => Buffer.concat(parts).subarray(4).toString('hex');

describe('recorded frames', () => {
  it('come from four families of clients', () => {
    expect([...new Set(exchanges.map(({ client }) => client))].sort()).toEqual([
      'java',
      'kafka-python',
      'kafkajs',
      'librdkafka',
    ]);
  });

  it.each(
    exchanges.map((exchange) => [exchange.client, apiByKey(exchange.key)!.name, exchange.version, exchange] as const),
  )('%s %s v%i', (_client, _name, version, { key, request, response }) => {
    const api = apiByKey(key)!;
    const reader = new Reader(Buffer.from(request, 'hex'));
    const header = decode(RequestHeaderMessage, requestHeaderVersion(api, version), reader);
    expect([header.requestApiKey, header.requestApiVersion]).toEqual([key, version]);
    const body = decodeRequest(api, version, reader);
    expect(reader.remaining).toBe(0);
    expect(unframed(encodeRequest(api, version, header, body))).toBe(request);

    const answer = decodeResponse(api, version, Buffer.from(response, 'hex'));
    expect(answer.correlationId).toBe(header.correlationId);
    expect(unframed(encodeResponse(api, version, answer.correlationId, answer.body))).toBe(response);
  });

  it('show the versions that Kafka advertises: ours, with Produce from 0 (KAFKA-18659)', () => {
    const recorded = exchanges.find(({ client, key }) => client === 'java' && key === ApiVersions.key)!;
    const { body } = decodeResponse(ApiVersions, recorded.version, Buffer.from(recorded.response, 'hex'));
    const theirs = Object.fromEntries(
      body.apiKeys.map(({ apiKey, minVersion, maxVersion }) => [apiKey, [minVersion, maxVersion]]),
    );
    const ours = Object.fromEntries(
      apis.map(({ key, versions }) => [key, key === 0 ? [0, versions[1]] : [...versions]]),
    );
    // Telemetry is advertised only where a receiver is configured.
    delete ours[71];
    delete ours[72];
    expect(ours).toEqual(theirs);
  });
});

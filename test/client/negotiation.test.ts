import { expect, test } from 'vitest';
import { createAdmin } from '../../src/client/admin.ts';
import { BrokerVersions } from '../../src/client/negotiation.ts';
import { ErrorCode } from '../../src/protocol/errors.ts';
import { ApiVersions } from '../../src/protocol/messages/api-versions.ts';
import { DescribeTopicPartitions } from '../../src/protocol/messages/describe-topic-partitions.ts';
import { Metadata } from '../../src/protocol/messages/metadata.ts';
import { answer, listenForRequests } from './scripted-broker.ts';

test('a broker that does not know the latest ApiVersions is asked again with the best that it knows', async () => {
  const asked: number[] = [];
  const server = await listenForRequests((request) => {
    if (request.api === Metadata.key) {
      answer(request, Metadata, { brokers: [], controllerId: -1, topics: [] });
      return;
    }
    asked.push(request.version);
    const apiKeys = [
      { apiKey: ApiVersions.key, minVersion: 0, maxVersion: 2 },
      { apiKey: Metadata.key, minVersion: 0, maxVersion: 5 },
    ];
    if (request.version <= 2) answer(request, ApiVersions, { errorCode: 0, apiKeys });
    else answer(request, ApiVersions, { errorCode: ErrorCode.UNSUPPORTED_VERSION, apiKeys }, 0);
  });
  const admin = await createAdmin({ 'bootstrap.servers': server });
  expect(await admin.listTopics()).toEqual([]);
  expect(asked).toEqual([4, 2]);
  await admin.close();
});

function versions(minVersion: number, maxVersion: number): BrokerVersions {
  return new BrokerVersions({
    errorCode: 0,
    apiKeys: [{ apiKey: Metadata.key, minVersion, maxVersion }],
    throttleTimeMs: 0,
    supportedFeatures: [],
    finalizedFeaturesEpoch: -1,
    finalizedFeatures: [],
    zkMigrationReady: false,
  });
}

test('the best version is the highest that both know', () => {
  expect(versions(0, 5).best(Metadata)).toBe(5);
  expect(versions(0, 99).best(Metadata)).toBe(Metadata.versions[1]);
  expect(versions(0, 99).best(Metadata, 8)).toBe(8);
});

test('no common version is UNSUPPORTED_VERSION, with both ranges', () => {
  expect(() => versions(50, 60).best(Metadata)).toThrow(
    'The node does not support METADATA with version in range [0,13]. The supported range is [50,60].',
  );
  expect(() => versions(0, 1).best(DescribeTopicPartitions)).toThrow(
    'The node does not support DESCRIBE_TOPIC_PARTITIONS',
  );
});

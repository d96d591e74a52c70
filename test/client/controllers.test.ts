import { expect, onTestFinished, test } from 'vitest';
import { createAdmin } from '../../src/client/admin.ts';
import { ApiVersions } from '../../src/protocol/messages/api-versions.ts';
import { DescribeCluster } from '../../src/protocol/messages/describe-cluster.ts';
import { answer, listenForRequests } from './scripted-broker.ts';

test('bootstrap.controllers: the cluster is described by its controllers, which know no Metadata', async () => {
  const asked: number[] = [];
  const address = await listenForRequests((request) => {
    asked.push(request.api);
    const apiKeys = [{ apiKey: DescribeCluster.key, minVersion: 1, maxVersion: 2 }];
    if (request.api === ApiVersions.key) answer(request, ApiVersions, { errorCode: 0, apiKeys });
    const controllers = [{ brokerId: 7, host: 'c7', port: 9093, rack: null }];
    if (request.api === DescribeCluster.key)
      answer(request, DescribeCluster, {
        throttleTimeMs: 0,
        errorCode: 0,
        endpointType: 2,
        clusterId: 'abc',
        controllerId: 7,
        brokers: controllers,
      });
  });
  const admin = await createAdmin({ 'bootstrap.controllers': address });
  onTestFinished(() => admin.close());
  expect(await admin.describeCluster()).toEqual({
    clusterId: 'abc',
    controllerId: 7,
    nodes: [{ id: 7, host: 'c7', port: 9093, rack: null, isFenced: false }],
  });
  // Once to find the controllers, once for the answer.
  expect(asked).toEqual([ApiVersions.key, DescribeCluster.key, DescribeCluster.key]);
});

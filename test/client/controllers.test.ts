import { expect, onTestFinished, test } from 'vitest';
import { createAdmin } from '../../src/client/admin.ts';
import { ApiVersions } from '../../src/protocol/messages/api-versions.ts';
import { DescribeCluster } from '../../src/protocol/messages/describe-cluster.ts';
import { startTestBroker } from '../helpers/broker.ts';
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

test('what Kafka does not ask controllers for is refused before anything is sent', async () => {
  const admin = await createAdmin({ 'bootstrap.controllers': '127.0.0.1:1' });
  onTestFinished(() => admin.close());
  const refused = /UnsupportedEndpointTypeException: This Admin API is not yet supported when communicating directly/;
  const text = (answer: Promise<unknown>) => answer.then(String, String);
  expect(await text(admin.describeQuotas([]))).toMatch(refused);
  expect(await text(admin.alterScram({ deletions: [{ user: 'a', mechanism: 'SCRAM-SHA-256' }] }))).toMatch(refused);
  expect(await text(admin.listTopics())).toMatch(refused);
});

test('a broker is no controller, and a controller no broker: the first answer says so', async () => {
  const { address } = await startTestBroker();
  const controllers = await createAdmin({ 'bootstrap.controllers': address });
  onTestFinished(() => controllers.close());
  await expect(controllers.describeAcls({})).rejects.toThrow(
    'The request was sent to an endpoint of type BROKER, but we wanted an endpoint of type CONTROLLER',
  );
  const apiKeys = [{ apiKey: DescribeCluster.key, minVersion: 1, maxVersion: 2 }];
  const controller = await listenForRequests((request) => answer(request, ApiVersions, { errorCode: 0, apiKeys }));
  const brokers = await createAdmin({ 'bootstrap.servers': controller });
  onTestFinished(() => brokers.close());
  await expect(brokers.describeAcls({})).rejects.toThrow('The node does not support METADATA');
});

import { expect, it } from 'vitest';
import { DescribeCluster } from '../../../src/protocol/messages/describe-cluster.ts';
import { Metadata } from '../../../src/protocol/messages/metadata.ts';
import { UnregisterBroker } from '../../../src/protocol/messages/unregister-broker.ts';
import { startTestBroker } from '../../helpers/broker.ts';
import { connect } from '../../helpers/client.ts';

it('takes the broker out of all lists of brokers', async () => {
  const client = await connect(await startTestBroker());
  const ids = async () => [
    (await client.request(Metadata, 9, { topics: [] })).brokers.map(({ nodeId }) => nodeId),
    (
      await client.request(DescribeCluster, 1, { endpointType: 1, includeClusterAuthorizedOperations: false })
    ).brokers.map(({ brokerId }) => brokerId),
  ];
  expect(await ids()).toEqual([[1], [1]]);
  expect(await client.request(UnregisterBroker, 0, { brokerId: 1 })).toMatchObject({ errorCode: 0 });
  expect(await ids()).toEqual([[], []]);
});

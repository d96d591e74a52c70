// DescribeCluster on a controller listener (KIP-919); broker listeners are in the recorded session.

import { expect, test } from 'vitest';
import { ErrorCode } from '../../../src/protocol/errors.ts';
import { DescribeCluster } from '../../../src/protocol/messages/describe-cluster.ts';
import { startTestBroker } from '../../helpers/broker.ts';
import { connect } from '../../helpers/client.ts';
import { freePort } from '../../helpers/free-port.ts';

const CONTROLLER = 2;

test('a controller listener answers for the controller, and only for it', async () => {
  const port = await freePort();
  const listeners = `PLAINTEXT://127.0.0.1:0,CONTROLLER://127.0.0.1:${port}`;
  await startTestBroker({ overrides: new Map([['listeners', listeners]]) });
  const client = await connect({ port });
  const ask = (endpointType: number) =>
    client.request(DescribeCluster, 1, { includeClusterAuthorizedOperations: false, endpointType });
  expect(await ask(CONTROLLER)).toMatchObject({
    errorCode: ErrorCode.NONE,
    endpointType: CONTROLLER,
    controllerId: 1,
    brokers: [{ brokerId: 1, host: '127.0.0.1', port }],
  });
  expect(await ask(1)).toMatchObject({
    errorCode: ErrorCode.MISMATCHED_ENDPOINT_TYPE,
    errorMessage: 'The request was sent to an endpoint of type CONTROLLER, but we wanted an endpoint of type BROKER',
  });
});

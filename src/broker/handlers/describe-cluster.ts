// DescribeCluster, v0-2: the brokers, the controller, what the client may do with the cluster.
// v1: the kind of endpoint that is asked (KIP-919).  v2: fenced brokers on demand (KIP-1073); there are none here.
// A controller listener answers as the quorum's only controller.
// Follows KafkaApis.handleDescribeCluster and AuthHelper.computeDescribeClusterResponse.
import { ErrorCode } from '../../protocol/errors.ts';
import { DescribeCluster } from '../../protocol/messages/describe-cluster.ts';
import { ALL_CLUSTER_OPERATIONS, OPERATIONS_NOT_ASKED } from '../authorized-operations.ts';
import { type ConnectionInfo, defineHandler } from './define.ts';

/** EndpointType.id. */
const EndpointType = { BROKER: 1, CONTROLLER: 2 } as const;
const NAMES = { 1: 'BROKER', 2: 'CONTROLLER' } as const;

export const describeClusterHandler = defineHandler(DescribeCluster, (request, { connection, services }) => {
  const { config, nodeId } = services;
  const isBroker = config.advertisedListeners.some(({ name }) => name === connection.listenerName);
  const here = isBroker ? EndpointType.BROKER : EndpointType.CONTROLLER;
  const { endpointType } = request;
  if (endpointType !== EndpointType.BROKER && endpointType !== EndpointType.CONTROLLER)
    return refused(ErrorCode.UNSUPPORTED_ENDPOINT_TYPE, `Unsupported endpoint type ${endpointType}`);
  if (endpointType !== here) {
    const message = `The request was sent to an endpoint of type ${NAMES[here]}, but we wanted an endpoint of type ${NAMES[endpointType]}`;
    return refused(ErrorCode.MISMATCHED_ENDPOINT_TYPE, message);
  }
  const { host, port } = isBroker ? services.endpointFor(connection) : controllerEndpoint(connection);
  return {
    throttleTimeMs: 0,
    errorCode: ErrorCode.NONE,
    endpointType,
    clusterId: services.clusterId,
    controllerId: nodeId,
    brokers:
      isBroker && !services.metadata.brokers.has(nodeId)
        ? []
        : [{ brokerId: nodeId, host, port, rack: config.rack, isFenced: false }],
    clusterAuthorizedOperations: request.includeClusterAuthorizedOperations
      ? ALL_CLUSTER_OPERATIONS
      : OPERATIONS_NOT_ASKED,
  };
});

/** Controller listeners are not advertised: the address that was reached is the one to use. */
function controllerEndpoint({ localAddress, localPort }: ConnectionInfo) {
  return { host: localAddress, port: localPort };
}

function refused(errorCode: number, errorMessage: string) {
  return { throttleTimeMs: 0, errorCode, errorMessage, clusterId: '', brokers: [] };
}

// DescribeCluster, v0-2: the brokers, the controller, what the client may do with the cluster.
// v1: the kind of endpoint that is asked (KIP-919).  v2: fenced brokers on demand (KIP-1073).
// A controller listener answers as the quorum's only controller.
// Follows KafkaApis.handleDescribeCluster and AuthHelper.computeDescribeClusterResponse.
import { ErrorCode } from '../../protocol/errors.ts';
import { DescribeCluster } from '../../protocol/messages/describe-cluster.ts';
import { ALL_CLUSTER_OPERATIONS, OPERATIONS_NOT_ASKED } from '../authorized-operations.ts';
import { type ClusterNode, fencedNodes, liveNodes } from '../cluster-nodes.ts';
import type { ConnectionInfo } from '../network/connection-info.ts';
import type { Services } from '../services.ts';
import { defineHandler } from './define.ts';

/** EndpointType.id. */
const EndpointType = { BROKER: 1, CONTROLLER: 2 } as const;
const NAMES = { 1: 'BROKER', 2: 'CONTROLLER' } as const;

export const describeClusterHandler = defineHandler(DescribeCluster, (request, { connection, services }) => {
  const { config, nodeId, metadata } = services;
  const isBroker = config.advertisedListeners.some(({ name }) => name === connection.listenerName);
  const here = isBroker ? EndpointType.BROKER : EndpointType.CONTROLLER;
  const { endpointType } = request;
  if (endpointType !== EndpointType.BROKER && endpointType !== EndpointType.CONTROLLER)
    return refused(ErrorCode.UNSUPPORTED_ENDPOINT_TYPE, `Unsupported endpoint type ${endpointType}`);
  if (endpointType !== here) {
    const message = `The request was sent to an endpoint of type ${NAMES[here]}, but we wanted an endpoint of type ${NAMES[endpointType]}`;
    return refused(ErrorCode.MISMATCHED_ENDPOINT_TYPE, message);
  }
  const live = isBroker ? liveNodes(services, connection) : [controllerNode(services, connection)];
  const fenced = isBroker && request.includeFencedBrokers ? fencedNodes(services, connection) : [];
  return {
    throttleTimeMs: 0,
    errorCode: ErrorCode.NONE,
    endpointType,
    clusterId: services.clusterId,
    controllerId: isBroker ? metadata.controllerId : nodeId,
    brokers: [...live.map((node) => described(node, false)), ...fenced.map((node) => described(node, true))],
    clusterAuthorizedOperations: request.includeClusterAuthorizedOperations
      ? ALL_CLUSTER_OPERATIONS
      : OPERATIONS_NOT_ASKED,
  };
});

/** Controller listeners are not advertised: the address that was reached is the one to use. */
function controllerNode({ nodeId, config }: Services, { localAddress, localPort }: ConnectionInfo): ClusterNode {
  return { nodeId, host: localAddress, port: localPort, rack: config.rack };
}

function described({ nodeId: brokerId, ...node }: ClusterNode, isFenced: boolean) {
  return { brokerId, ...node, isFenced };
}

function refused(errorCode: number, errorMessage: string) {
  return { throttleTimeMs: 0, errorCode, errorMessage, clusterId: '', brokers: [] };
}

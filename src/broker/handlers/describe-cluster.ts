// DescribeCluster, v0-2: the brokers, the controller, what the client may do with the cluster.
// v1: the kind of endpoint that is asked (KIP-919).  v2: fenced brokers on demand (KIP-1073); there are none here.
// Follows KafkaApis.handleDescribeCluster and AuthHelper.computeDescribeClusterResponse.
import { ErrorCode } from '../../protocol/errors.ts';
import { DescribeCluster } from '../../protocol/messages/describe-cluster.ts';
import { ALL_CLUSTER_OPERATIONS, OPERATIONS_NOT_ASKED } from '../authorized-operations.ts';
import { defineHandler } from './define.ts';

/** EndpointType.id. */
const EndpointType = { BROKER: 1, CONTROLLER: 2 } as const;

export const describeClusterHandler = defineHandler(
  DescribeCluster,
  (request, { apiVersion, connection, services }) => {
    const { endpointType } = request;
    if (apiVersion >= 1 && endpointType === EndpointType.CONTROLLER)
      return refused(
        ErrorCode.MISMATCHED_ENDPOINT_TYPE,
        'The request was sent to an endpoint of type BROKER, but we wanted an endpoint of type CONTROLLER',
      );
    if (apiVersion >= 1 && endpointType !== EndpointType.BROKER)
      return refused(ErrorCode.UNSUPPORTED_ENDPOINT_TYPE, `Unsupported endpoint type ${endpointType}`);
    const { host, port } = services.endpointFor(connection);
    return {
      throttleTimeMs: 0,
      errorCode: ErrorCode.NONE,
      clusterId: services.clusterId,
      controllerId: services.nodeId,
      brokers: [{ brokerId: services.nodeId, host, port, rack: services.config.rack, isFenced: false }],
      clusterAuthorizedOperations: request.includeClusterAuthorizedOperations
        ? ALL_CLUSTER_OPERATIONS
        : OPERATIONS_NOT_ASKED,
    };
  },
);

function refused(errorCode: number, errorMessage: string) {
  return { throttleTimeMs: 0, errorCode, errorMessage, clusterId: '', brokers: [] };
}

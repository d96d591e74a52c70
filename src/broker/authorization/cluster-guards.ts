// What is asked of the cluster as a whole, and what is open to everybody.
import { ErrorCode } from '../../protocol/errors.ts';
import type { ApiName } from '../../protocol/messages/index.ts';
import { OPERATIONS_NOT_ASKED } from '../authorized-operations.ts';
import { CLUSTER_NAME, AclOperation as Operation, operationName, AclResource as Resource } from '../security/acl.ts';
import type { Call, Guard, Guards } from './call.ts';

const { ALTER, DESCRIBE, ALTER_CONFIGS, DESCRIBE_CONFIGS, CLUSTER_ACTION } = Operation;
const DENIED = ErrorCode.CLUSTER_AUTHORIZATION_FAILED;

/** Needs an operation on the cluster; `told` says that Kafka's answer has the error's own text. */
function onCluster<N extends ApiName>(operation: number, told?: 'plainly'): Guard<N> {
  return (call) => {
    if (call.access.onCluster(operation)) return call.serve();
    return refuseOperation(call, operation, told);
  };
}

/** AuthHelper.authorizeClusterOperation says which request it was. */
function refuseOperation<N extends ApiName>(call: Call<N>, operation: number, told?: 'plainly') {
  const { connection } = call.context;
  const { clientHost, clientPort, listenerName, principal } = connection;
  const request = `Request(from=${clientHost}:${clientPort}, principal=${principal}, listenerName=${listenerName})`;
  const message = `Request ${request} needs ${operationName(operation)} permission.`;
  return call.refuse(DENIED, call.request, told ? 'Cluster authorization failed.' : message);
}

const open = <N extends ApiName>(call: Call<N>) => call.serve();

/** The operations of the cluster as answers tell them to one who may look. */
export function clusterOperations({ access }: Pick<Call<ApiName>, 'access'>): number {
  return access.onCluster(DESCRIBE) ? access.operations(Resource.CLUSTER, CLUSTER_NAME) : 0;
}

const describeCluster: Guard<'DescribeCluster'> = (call) => {
  const { advertisedListeners } = call.services.config;
  const isBroker = advertisedListeners.some(({ name }) => name === call.context.connection.listenerName);
  if (!isBroker && !call.access.onCluster(ALTER)) return refuseOperation(call, ALTER);
  return call.serveThen((response) => {
    const isAsked = response.errorCode === ErrorCode.NONE && call.request.includeClusterAuthorizedOperations;
    return { ...response, clusterAuthorizedOperations: isAsked ? clusterOperations(call) : OPERATIONS_NOT_ASKED };
  });
};

const writeTxnMarkers: Guard<'WriteTxnMarkers'> = (call) => {
  if (call.access.onCluster(ALTER, { quietly: true }) || call.access.onCluster(CLUSTER_ACTION)) return call.serve();
  return refuseOperation(call, CLUSTER_ACTION);
};

export const clusterGuards = {
  ApiVersions: open,
  SaslHandshake: open,
  SaslAuthenticate: open,
  GetTelemetrySubscriptions: open,
  PushTelemetry: open,
  RenewDelegationToken: open,
  ExpireDelegationToken: open,
  DescribeCluster: describeCluster,
  WriteTxnMarkers: writeTxnMarkers,
  CreateAcls: onCluster(ALTER),
  DeleteAcls: onCluster(ALTER),
  DescribeAcls: onCluster(DESCRIBE),
  AlterUserScramCredentials: onCluster(ALTER),
  AlterClientQuotas: onCluster(ALTER_CONFIGS),
  AlterPartitionReassignments: onCluster(ALTER),
  ListPartitionReassignments: onCluster(DESCRIBE),
  ElectLeaders: onCluster(ALTER),
  UnregisterBroker: onCluster(ALTER),
  UpdateFeatures: onCluster(ALTER),
  DescribeQuorum: onCluster(DESCRIBE),
  AddRaftVoter: onCluster(ALTER),
  RemoveRaftVoter: onCluster(ALTER),
  DescribeClientQuotas: onCluster(DESCRIBE_CONFIGS, 'plainly'),
  DescribeUserScramCredentials: onCluster(DESCRIBE, 'plainly'),
  DescribeLogDirs: onCluster(DESCRIBE, 'plainly'),
  AlterReplicaLogDirs: onCluster(ALTER, 'plainly'),
  ListConfigResources: onCluster(DESCRIBE_CONFIGS, 'plainly'),
  InitializeShareGroupState: onCluster(CLUSTER_ACTION, 'plainly'),
  ReadShareGroupState: onCluster(CLUSTER_ACTION, 'plainly'),
  WriteShareGroupState: onCluster(CLUSTER_ACTION, 'plainly'),
  DeleteShareGroupState: onCluster(CLUSTER_ACTION, 'plainly'),
  ReadShareGroupStateSummary: onCluster(CLUSTER_ACTION, 'plainly'),
} satisfies Guards;

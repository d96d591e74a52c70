// What is asked of the cluster as a whole, and what is open to everybody.
import { ErrorCode, errorInfo } from '../../protocol/errors.ts';
import type { ApiName } from '../../protocol/messages/index.ts';
import { OPERATIONS_NOT_ASKED } from '../authorized-operations.ts';
import { CLUSTER_NAME, AclOperation as Operation, operationName, AclResource as Resource } from '../security/acl.ts';
import type { Call, Guard, Guards } from './call.ts';

const { ALTER, DESCRIBE, ALTER_CONFIGS, DESCRIBE_CONFIGS, CLUSTER_ACTION } = Operation;
const DENIED = ErrorCode.CLUSTER_AUTHORIZATION_FAILED;

/** What Kafka's answer says of a refusal: which request it was, the error's own text, nothing. */
type Told = 'which request' | 'plainly' | 'not at all';

function onCluster<N extends ApiName>(operation: number, told: Told = 'which request'): Guard<N> {
  return (call) => {
    if (call.access.onCluster(operation)) return call.serve();
    return refuseOperation(call, operation, told);
  };
}

function refuseOperation<N extends ApiName>(call: Call<N>, operation: number, told: Told = 'which request') {
  if (told === 'not at all') return call.refuse(DENIED);
  return call.refuse(DENIED, call.request, told === 'plainly' ? errorInfo(DENIED).text : whichRequest(call, operation));
}

/** AuthHelper.authorizeClusterOperation. */
function whichRequest<N extends ApiName>({ context }: Call<N>, operation: number): string {
  const { clientHost, clientPort, listenerName, principal } = context.connection;
  const request = `Request(from=${clientHost}:${clientPort}, principal=${principal}, listenerName=${listenerName})`;
  return `Request ${request} needs ${operationName(operation)} permission.`;
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

/** Before version 3 there is no room for the error, and Kafka puts it nowhere. */
const describeLogDirs: Guard<'DescribeLogDirs'> = (call) =>
  call.access.onCluster(DESCRIBE) ? call.serve() : { throttleTimeMs: 0, errorCode: DENIED, results: [] };

/** The one result of a refusal is about nobody (DescribeUserScramCredentialsRequest.getErrorResponse). */
const describeScramUsers: Guard<'DescribeUserScramCredentials'> = (call) => {
  if (call.access.onCluster(DESCRIBE)) return call.serve();
  const result = { user: '', errorCode: DENIED, errorMessage: null, credentialInfos: [] };
  return { throttleTimeMs: 0, errorCode: DENIED, errorMessage: null, results: [result] };
};

/** A refusal is about none of the features. */
const updateFeatures: Guard<'UpdateFeatures'> = (call) => {
  if (call.access.onCluster(ALTER)) return call.serve();
  return { throttleTimeMs: 0, errorCode: DENIED, errorMessage: whichRequest(call, ALTER), results: [] };
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
  AlterClientQuotas: onCluster(ALTER_CONFIGS, 'plainly'),
  AlterPartitionReassignments: onCluster(ALTER),
  ListPartitionReassignments: onCluster(DESCRIBE),
  ElectLeaders: onCluster(ALTER),
  UnregisterBroker: onCluster(ALTER),
  UpdateFeatures: updateFeatures,
  DescribeQuorum: onCluster(DESCRIBE, 'plainly'),
  AddRaftVoter: onCluster(ALTER, 'plainly'),
  RemoveRaftVoter: onCluster(ALTER, 'plainly'),
  DescribeClientQuotas: onCluster(DESCRIBE_CONFIGS, 'not at all'),
  DescribeUserScramCredentials: describeScramUsers,
  DescribeLogDirs: describeLogDirs,
  AlterReplicaLogDirs: onCluster(ALTER, 'plainly'),
  ListConfigResources: onCluster(DESCRIBE_CONFIGS, 'plainly'),
  InitializeShareGroupState: onCluster(CLUSTER_ACTION, 'plainly'),
  ReadShareGroupState: onCluster(CLUSTER_ACTION, 'plainly'),
  WriteShareGroupState: onCluster(CLUSTER_ACTION, 'plainly'),
  DeleteShareGroupState: onCluster(CLUSTER_ACTION, 'plainly'),
  ReadShareGroupStateSummary: onCluster(CLUSTER_ACTION, 'plainly'),
} satisfies Guards;

// AddRaftVoter (v0-1) and RemoveRaftVoter (v0) of KIP-853, at a quorum of one static voter (kraft.version 0), which takes no
// changes. What is wrong with the request itself is told first.
// Follows KafkaRaftClient.handleAddVoterRequest and handleRemoveVoterRequest.
import { ErrorCode } from '../../protocol/errors.ts';
import { AddRaftVoter, type AddRaftVoterRequest } from '../../protocol/messages/add-raft-voter.ts';
import { RemoveRaftVoter } from '../../protocol/messages/remove-raft-voter.ts';
import { ZERO_UUID } from '../../util/uuid.ts';
import type { Services } from '../services.ts';
import { defineHandler } from './define.ts';
import type { ResourceFailure } from './failures.ts';

export const addRaftVoterHandler = defineHandler(AddRaftVoter, (request, { services }) => ({
  throttleTimeMs: 0,
  ...(wrongCluster(services, request.clusterId) ?? wrongVoter(services, request) ?? staticQuorum('adding')),
}));

export const removeRaftVoterHandler = defineHandler(RemoveRaftVoter, (request, { services }) => ({
  throttleTimeMs: 0,
  ...(wrongCluster(services, request.clusterId) ??
    (request.voterId < 0 || request.voterDirectoryId === ZERO_UUID
      ? invalid("Remove voter request didn't include a valid voter")
      : staticQuorum('removing'))),
}));

function wrongCluster(services: Services, clusterId: string | null): ResourceFailure | undefined {
  if (clusterId === null || clusterId === services.clusterId) return undefined;
  const errorMessage = `The given id "${clusterId}" doesn't match the cluster id "${services.clusterId}"`;
  return { errorCode: ErrorCode.INCONSISTENT_CLUSTER_ID, errorMessage };
}

function wrongVoter(services: Services, { voterId, listeners }: AddRaftVoterRequest): ResourceFailure | undefined {
  if (voterId < 0) return invalid("Add voter request didn't include a valid voter");
  const wanted = services.config.listeners.find(({ controller }) => controller)?.name ?? 'CONTROLLER';
  if (listeners.some(({ name }) => name === wanted)) return undefined;
  const given = listeners.map(({ name, host, port }) => `ListenerName(${name})=${host}/<unresolved>:${port}`);
  return invalid(
    `Add voter request didn't include the endpoint (Endpoints(endpoints={${given.join(', ')}})) for the default listener ListenerName(${wanted})`,
  );
}

function invalid(errorMessage: string): ResourceFailure {
  return { errorCode: ErrorCode.INVALID_REQUEST, errorMessage };
}

function staticQuorum(doing: 'adding' | 'removing'): ResourceFailure {
  const errorMessage = `Cluster doesn't support ${doing} voter because the kraft.version feature is 0`;
  return { errorCode: ErrorCode.UNSUPPORTED_VERSION, errorMessage };
}

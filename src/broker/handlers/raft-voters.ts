// AddRaftVoter (v0-1) and RemoveRaftVoter (v0) of KIP-853. What is wrong with the request itself is told first; then static
// voters (kraft.version 0) take no changes; the nodes of this process stay the voters of others, whom ktool does not call.
// Follows KafkaRaftClient.handleAddVoterRequest and handleRemoveVoterRequest, AddVoterHandler and RemoveVoterHandler.
import { ErrorCode } from '../../protocol/errors.ts';
import { AddRaftVoter, type AddRaftVoterRequest } from '../../protocol/messages/add-raft-voter.ts';
import { RemoveRaftVoter } from '../../protocol/messages/remove-raft-voter.ts';
import { ZERO_UUID } from '../../util/uuid.ts';
import type { Voters } from '../metadata/quorum.ts';
import type { Services } from '../services.ts';
import { defineHandler } from './define.ts';
import type { ResourceFailure } from './failures.ts';

export const addRaftVoterHandler = defineHandler(AddRaftVoter, (request, { services }) => ({
  throttleTimeMs: 0,
  ...(wrongCluster(services, request.clusterId) ??
    wrongVoter(services, request) ??
    staticQuorum(services, 'adding') ??
    notAdded(services, request)),
}));

export const removeRaftVoterHandler = defineHandler(RemoveRaftVoter, (request, { services }) => ({
  throttleTimeMs: 0,
  ...(wrongCluster(services, request.clusterId) ??
    (request.voterId < 0 || request.voterDirectoryId === ZERO_UUID
      ? invalid("Remove voter request didn't include a valid voter")
      : (staticQuorum(services, 'removing') ?? notRemoved(services, request)))),
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

function staticQuorum({ metadata }: Services, doing: 'adding' | 'removing'): ResourceFailure | undefined {
  if (metadata.quorum.kRaftVersion > 0) return undefined;
  const errorMessage = `Cluster doesn't support ${doing} voter because the kraft.version feature is 0`;
  return { errorCode: ErrorCode.UNSUPPORTED_VERSION, errorMessage };
}

/** Who answers nobody at the place that it names cannot join; the voters themselves are there already. */
function notAdded({ metadata }: Services, { voterId, voterDirectoryId }: AddRaftVoterRequest): ResourceFailure {
  const { voters } = metadata.quorum;
  if (!voters.some((one) => one.voterId === voterId)) {
    const errorMessage = 'Aborted add voter operation for since API_VERSIONS returned an error BROKER_NOT_AVAILABLE';
    return { errorCode: ErrorCode.REQUEST_TIMED_OUT, errorMessage };
  }
  const errorMessage = `The voter id for ${replicaKey(voterId, voterDirectoryId)} is already part of the set of voters ${keys(voters)}.`;
  return { errorCode: ErrorCode.DUPLICATE_VOTER, errorMessage };
}

/** The last voter stays, as does who is none. */
function notRemoved(
  { metadata }: Services,
  { voterId, voterDirectoryId }: { voterId: number; voterDirectoryId: string },
): ResourceFailure {
  const errorMessage = `Cannot remove voter ${replicaKey(voterId, voterDirectoryId)} from the set of voters ${keys(metadata.quorum.voters)}`;
  return { errorCode: ErrorCode.VOTER_NOT_FOUND, errorMessage };
}

const replicaKey = (id: number, directoryId: string): string => `ReplicaKey(id=${id}, directoryId=${directoryId})`;

const keys = (voters: Voters): string =>
  `[${voters.map(({ voterId, voterDirectoryId }) => replicaKey(voterId, voterDirectoryId)).join(', ')}]`;

import { AddRaftVoter } from '../../protocol/messages/add-raft-voter.ts';
import { DescribeQuorum } from '../../protocol/messages/describe-quorum.ts';
import { RemoveRaftVoter } from '../../protocol/messages/remove-raft-voter.ts';
import type { Cluster } from '../cluster.ts';
import { throwIfError } from '../errors.ts';
import { refuseButMoved } from './outcomes.ts';
import type { CallOptions, QuorumDescription, VoterEndpoint } from './types.ts';

const METADATA_TOPIC = '__cluster_metadata';

/** @see Admin.describeQuorum */
export function describeQuorum(cluster: Cluster, { timeoutMs }: CallOptions = {}): Promise<QuorumDescription> {
  return cluster.call(
    'describeMetadataQuorum',
    'any',
    async (broker) => {
      const topics = [{ topicName: METADATA_TOPIC, partitions: [{ partitionIndex: 0 }] }];
      const response = await broker.send(DescribeQuorum, { topics });
      throwIfError(response.errorCode, response.errorMessage);
      const quorum = response.topics[0]!.partitions[0]!;
      throwIfError(quorum.errorCode, quorum.errorMessage);
      const replica = ({ replicaDirectoryId, ...state }: (typeof quorum.currentVoters)[number]) => ({
        ...state,
        directoryId: replicaDirectoryId,
      });
      return {
        leaderId: quorum.leaderId,
        leaderEpoch: quorum.leaderEpoch,
        highWatermark: quorum.highWatermark,
        voters: quorum.currentVoters.map(replica),
        observers: quorum.observers.map(replica),
        nodes: new Map(response.nodes.map(({ nodeId, listeners }) => [nodeId, listeners])),
      };
    },
    timeoutMs,
  );
}

/** @see Admin.addRaftVoter */
export function addRaftVoter(
  cluster: Cluster,
  voter: { readonly id: number; readonly directoryId: string; readonly endpoints: readonly VoterEndpoint[] },
  { timeoutMs }: CallOptions = {},
): Promise<void> {
  return cluster.call(
    'addRaftVoter',
    'any',
    async (broker) => {
      const response = await broker.send(AddRaftVoter, {
        clusterId: null,
        timeoutMs: timeoutMs ?? cluster.settings.defaultApiTimeoutMs,
        voterId: voter.id,
        voterDirectoryId: voter.directoryId,
        listeners: [...voter.endpoints],
      });
      refuseButMoved(response.errorCode, response.errorMessage);
    },
    timeoutMs,
  );
}

/** @see Admin.removeRaftVoter */
export function removeRaftVoter(
  cluster: Cluster,
  voter: { readonly id: number; readonly directoryId: string },
  { timeoutMs }: CallOptions = {},
): Promise<void> {
  return cluster.call(
    'removeRaftVoter',
    'any',
    async (broker) => {
      const request = { clusterId: null, voterId: voter.id, voterDirectoryId: voter.directoryId };
      const response = await broker.send(RemoveRaftVoter, request);
      refuseButMoved(response.errorCode, response.errorMessage);
    },
    timeoutMs,
  );
}

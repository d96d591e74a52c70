// What the leader of a classic group does for all of its members: share out the partitions.
import { ErrorCode, KafkaError } from '../../protocol/errors.ts';
import type { JoinGroupResponse } from '../../protocol/messages/join-group.ts';
import type { Cluster } from '../cluster.ts';
import { assignorNamed } from './assignors.ts';
import { decodeSubscription, encodeAssignment } from './subscription.ts';

/** Each member's share, for SyncGroup. @throws KafkaError if the group chose an assignor that is not known here */
export async function assignToMembers(
  cluster: Cluster,
  { members, protocolName }: JoinGroupResponse,
): Promise<{ memberId: string; assignment: Buffer }[]> {
  const assignor = assignorNamed(protocolName ?? '');
  if (!assignor) throw new KafkaError(ErrorCode.INCONSISTENT_GROUP_PROTOCOL);
  const assignable = members.map(({ memberId, groupInstanceId, metadata }) => ({
    memberId,
    instanceId: groupInstanceId,
    ...decodeSubscription(metadata),
  }));
  const partitions = await partitionCounts(cluster, [...new Set(assignable.flatMap(({ topics }) => topics))]);
  const assignment = assignor.assign(assignable, partitions);
  return [...assignment].map(([memberId, list]) => ({ memberId, assignment: encodeAssignment(list) }));
}

async function partitionCounts({ metadata }: Cluster, topics: readonly string[]): Promise<Map<string, number>> {
  if (topics.length > 0) await metadata.refresh(topics);
  return new Map(
    topics.flatMap((topic) => {
      const count = metadata.topic(topic)?.partitions.length ?? 0;
      return count > 0 ? [[topic, count] as const] : [];
    }),
  );
}

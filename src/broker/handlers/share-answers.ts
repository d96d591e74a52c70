// What answers to members of share groups have in common.
import { ErrorCode } from '../../protocol/errors.ts';
import type { Services } from '../services.ts';

interface Told {
  readonly topicId: string;
  readonly partitionIndex: number;
}

/** Answers under their topics, in the order in which topics first come. */
export function byTopic<T extends Told>(results: readonly T[]): { topicId: string; partitions: T[] }[] {
  const topics = new Map<string, T[]>();
  for (const result of results) {
    const partitions = topics.get(result.topicId);
    if (partitions) partitions.push(result);
    else topics.set(result.topicId, [result]);
  }
  return [...topics].map(([topicId, partitions]) => ({ topicId, partitions }));
}

/** With the leader where the member has come to the wrong one or too late; 0 of epoch 0 elsewhere, as Kafka has it. */
export function withCurrentLeader<T extends Told>(
  result: T,
  errorCode: number,
  { metadata }: Pick<Services, 'metadata'>,
) {
  const image = isStale(errorCode) ? metadata.topicById(result.topicId)?.partitions[result.partitionIndex] : undefined;
  const currentLeader = { leaderId: image?.leader ?? 0, leaderEpoch: image?.leaderEpoch ?? 0 };
  return { ...result, currentLeader };
}

/** Whether an answer with this code says where to go instead. */
export function isStale(errorCode: number): boolean {
  return errorCode === ErrorCode.NOT_LEADER_OR_FOLLOWER || errorCode === ErrorCode.FENCED_LEADER_EPOCH;
}

// Reading and committing the offsets of a group as one of its members.
import { ErrorCode, errorInfo, KafkaError } from '../../protocol/errors.ts';
import { OffsetCommit } from '../../protocol/messages/offset-commit.ts';
import { OffsetFetch, type OffsetFetchResponse } from '../../protocol/messages/offset-fetch.ts';
import type { TopicPartition } from '../admin/types.ts';
import { kafkaException } from '../consumer/errors.ts';
import { throwIfError } from '../errors.ts';
import type { CoordinatorLink } from './coordinator-link.ts';
import type { GroupOffset } from './types.ts';

/** As whom a member speaks: generation (classic) or member epoch (KIP-848). */
export interface Identity {
  readonly memberId: string;
  readonly instanceId: string | null;
  readonly generationOrEpoch: number;
}

/** Topic ids came with the highest version of both requests; names do as well. */
const LAST_VERSION_WITH_NAMES = 9;

/** @throws KafkaError; partitions without a committed offset are left out */
export async function fetchCommitted(
  link: CoordinatorLink,
  identity: Identity | undefined,
  partitions: readonly TopicPartition[],
): Promise<GroupOffset[]> {
  if (partitions.length === 0) return [];
  const broker = await link.broker();
  const topics = [...byTopic(partitions)].map(([name, list]) => ({
    name,
    partitionIndexes: list.map(({ partition }) => partition),
  }));
  const { groupId } = link;
  const member = identity && { memberId: identity.memberId, memberEpoch: identity.generationOrEpoch };
  const single = broker.versions.best(OffsetFetch, LAST_VERSION_WITH_NAMES) < 8;
  const body = single
    ? { groupId, topics, groups: [], requireStable: true }
    : { groupId: '', topics: [], groups: [{ groupId, ...member, topics }], requireStable: true };
  const response = await broker.send(OffsetFetch, body, { maxVersion: LAST_VERSION_WITH_NAMES });
  const group = single ? response : response.groups[0]!;
  if (identity) checkAnswer(group);
  else checkFetched(group, groupId);
  return committedOffsets(group);
}

/** @throws KafkaError for the first error: a member of the consumer protocol asks again for what passes */
function checkAnswer({ errorCode, topics }: Pick<OffsetFetchResponse, 'errorCode' | 'topics'>): void {
  throwIfError(errorCode);
  for (const { partitions } of topics) for (const partition of partitions) throwIfError(partition.errorCode);
}

/** What a group's answer is asked again after. */
const PASSING: ReadonlySet<number> = new Set([
  ErrorCode.COORDINATOR_LOAD_IN_PROGRESS,
  ErrorCode.COORDINATOR_NOT_AVAILABLE,
  ErrorCode.NOT_COORDINATOR,
]);

/** @throws KafkaError or ConsumerError for the first error (ConsumerCoordinator.OffsetFetchResponseHandler) */
function checkFetched(
  { errorCode: code, topics }: Pick<OffsetFetchResponse, 'errorCode' | 'topics'>,
  groupId: string,
): void {
  if (code === ErrorCode.GROUP_AUTHORIZATION_FAILED)
    throw new KafkaError(code, `Not authorized to access group: ${groupId}`);
  if (PASSING.has(code)) throw new KafkaError(code);
  if (code !== ErrorCode.NONE)
    throw kafkaException(`Unexpected error in fetch offset response: ${errorInfo(code).text}`);
  const failed = topics.flatMap(({ name, partitions }) =>
    partitions.flatMap(({ partitionIndex, errorCode }) =>
      errorCode === ErrorCode.NONE ? [] : [{ topic: name, partition: partitionIndex, errorCode }],
    ),
  );
  for (const { topic, partition, errorCode } of failed) {
    const at = `${topic}-${partition}`;
    if (errorCode === ErrorCode.UNKNOWN_TOPIC_OR_PARTITION)
      throw kafkaException(`Topic or Partition ${at} does not exist`);
    if (errorCode === ErrorCode.TOPIC_AUTHORIZATION_FAILED || errorCode === ErrorCode.UNSTABLE_OFFSET_COMMIT) continue;
    throw kafkaException(`Unexpected error in fetch offset response for partition ${at}: ${errorInfo(errorCode).text}`);
  }
  const refused = failed.filter(({ errorCode }) => errorCode === ErrorCode.TOPIC_AUTHORIZATION_FAILED);
  const names = [...new Set(refused.map(({ topic }) => topic))].join(', ');
  if (names !== '') throw new KafkaError(refused[0]!.errorCode, `Not authorized to access topics: [${names}]`);
  if (failed[0]) throw new KafkaError(failed[0].errorCode);
}

function committedOffsets(
  group: Pick<OffsetFetchResponse, 'errorCode'> & { topics: OffsetFetchResponse['topics'] },
): GroupOffset[] {
  return group.topics.flatMap(({ name, partitions }) =>
    partitions.flatMap(({ partitionIndex, committedOffset, committedLeaderEpoch, errorCode }) => {
      if (errorCode !== ErrorCode.NONE || committedOffset < 0) return [];
      return [{ topic: name, partition: partitionIndex, offset: committedOffset, leaderEpoch: committedLeaderEpoch }];
    }),
  );
}

/** A commit that the group did not take. */
export class CommitRefusal extends KafkaError {
  /** What was refused up to the answer that decides, which is the last one's; all that was for TOPIC_AUTHORIZATION_FAILED. */
  readonly refused: readonly GroupOffset[];

  constructor(code: number, refused: readonly GroupOffset[]) {
    super(code);
    this.refused = refused;
  }
}

/** @throws CommitRefusal if any partition was refused, KafkaError if nobody answered */
export async function commitOffsets(
  link: CoordinatorLink,
  { memberId, instanceId, generationOrEpoch }: Identity,
  offsets: readonly GroupOffset[],
): Promise<void> {
  if (offsets.length === 0) return;
  const topics = [...byTopic(offsets)].map(([name, list]) => ({
    name,
    partitions: list.map(({ partition, offset, leaderEpoch }) => ({
      partitionIndex: partition,
      committedOffset: offset,
      committedLeaderEpoch: leaderEpoch,
      committedMetadata: '',
    })),
  }));
  const broker = await link.broker();
  const body = {
    groupId: link.groupId,
    generationIdOrMemberEpoch: generationOrEpoch,
    memberId,
    groupInstanceId: instanceId,
    topics,
  };
  const response = await broker.send(OffsetCommit, body, { maxVersion: LAST_VERSION_WITH_NAMES });
  const refused: GroupOffset[] = [];
  for (const { name, partitions } of response.topics)
    for (const { errorCode, partitionIndex } of partitions) {
      if (errorCode === ErrorCode.NONE) continue;
      const sent = offsets.find(({ topic, partition }) => topic === name && partition === partitionIndex);
      if (sent) refused.push(sent);
      if (errorCode === ErrorCode.TOPIC_AUTHORIZATION_FAILED) continue;
      if (errorCode === ErrorCode.NOT_COORDINATOR || errorCode === ErrorCode.COORDINATOR_NOT_AVAILABLE) link.forget();
      throw new CommitRefusal(errorCode, refused);
    }
  if (refused.length > 0) throw new CommitRefusal(ErrorCode.TOPIC_AUTHORIZATION_FAILED, refused);
}

function byTopic<P extends TopicPartition>(partitions: readonly P[]): Map<string, P[]> {
  const topics = new Map<string, P[]>();
  for (const each of partitions) {
    const list = topics.get(each.topic);
    if (list) list.push(each);
    else topics.set(each.topic, [each]);
  }
  return topics;
}

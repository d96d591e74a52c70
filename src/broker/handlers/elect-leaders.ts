// ElectLeaders, v0-2: preferred (KIP-183) and unclean (KIP-460) elections. A partition here has one replica, which leads as
// long as the broker runs, so no partition ever needs one; null asks for those that do.
// v1: the type of the election.  v2: flexible.
// Follows ReplicationControlManager.electLeaders.
import { ErrorCode, KafkaError } from '../../protocol/errors.ts';
import { ElectLeaders } from '../../protocol/messages/elect-leaders.ts';
import type { MetadataStore } from '../metadata/metadata-store.ts';
import { defineHandler } from './define.ts';
import { plainFailure, resourceFailure } from './failures.ts';

/** ElectionType: PREFERRED and UNCLEAN. */
const ELECTION_TYPES: readonly number[] = [0, 1];

export const electLeadersHandler = defineHandler(ElectLeaders, ({ electionType, topicPartitions }, { services }) => {
  const { metadata } = services;
  const wanted = topicPartitions ?? [...metadata.topics()].map(({ name }) => ({ topic: name, partitions: [] }));
  const isKnown = ELECTION_TYPES.includes(electionType);
  const failureOf = (topic: string, partition: number) =>
    isKnown
      ? whyNotElected(metadata, topic, partition)
      : resourceFailure(new KafkaError(ErrorCode.INVALID_REQUEST, `Unknown election type ${electionType}`));
  return {
    throttleTimeMs: 0,
    errorCode: isKnown ? ErrorCode.NONE : ErrorCode.INVALID_REQUEST,
    replicaElectionResults: wanted.map(({ topic, partitions }) => ({
      topic,
      partitionResult: partitions.map((partitionId) => ({ partitionId, ...failureOf(topic, partitionId) })),
    })),
  };
});

function whyNotElected(metadata: MetadataStore, name: string, partition: number) {
  const topic = metadata.topic(name);
  const unknown = (what: string) => resourceFailure(new KafkaError(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION, what));
  if (!topic) return unknown(`No such topic as ${name}`);
  if (!topic.partitions[partition]) return unknown(`No such partition as ${name}-${partition}`);
  return plainFailure(ErrorCode.ELECTION_NOT_NEEDED);
}

// ElectLeaders, v0-2: preferred (KIP-183) and unclean (KIP-460) elections. Null asks for all partitions; those that need no
// election are then left out.
// v1: the type of the election.  v2: flexible.
// Follows ReplicationControlManager.electLeaders.
import { ErrorCode, KafkaError } from '../../protocol/errors.ts';
import { ElectLeaders } from '../../protocol/messages/elect-leaders.ts';
import type { TopicImage } from '../metadata/image.ts';
import type { MetadataStore } from '../metadata/metadata-store.ts';
import { defineHandler } from './define.ts';
import { NO_FAILURE, plainFailure, type ResourceFailure, resourceFailure } from './failures.ts';

/** ElectionType. */
const PREFERRED = 0;
const UNCLEAN = 1;

export const electLeadersHandler = defineHandler(ElectLeaders, ({ electionType, topicPartitions }, { services }) => {
  const { metadata } = services;
  const isKnown = electionType === PREFERRED || electionType === UNCLEAN;
  const unknownType = new KafkaError(ErrorCode.INVALID_REQUEST, `Unknown election type ${electionType}`);
  const wanted = topicPartitions ?? [...metadata.topics()].map(allOf);
  const result = (topic: string, partitionId: number) => {
    const election = electionType === UNCLEAN ? 'unclean' : 'preferred';
    return { partitionId, ...(isKnown ? elect(metadata, topic, partitionId, election) : resourceFailure(unknownType)) };
  };
  const isNews = ({ errorCode }: ResourceFailure) =>
    topicPartitions !== null || errorCode !== ErrorCode.ELECTION_NOT_NEEDED;
  return {
    throttleTimeMs: 0,
    errorCode: isKnown ? ErrorCode.NONE : ErrorCode.INVALID_REQUEST,
    replicaElectionResults: wanted.map(({ topic, partitions }) => ({
      topic,
      partitionResult: partitions.map((partitionId) => result(topic, partitionId)).filter(isNews),
    })),
  };
});

function allOf({ name, partitions }: TopicImage): { topic: string; partitions: number[] } {
  return { topic: name, partitions: partitions.map(({ index }) => index) };
}

function elect(
  metadata: MetadataStore,
  name: string,
  index: number,
  election: 'preferred' | 'unclean',
): ResourceFailure {
  const topic = metadata.topic(name);
  const unknown = (what: string) => resourceFailure(new KafkaError(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION, what));
  if (!topic) return unknown(`No such topic as ${name}`);
  const partition = topic.partitions[index];
  if (!partition) return unknown(`No such partition as ${name}-${index}`);
  switch (metadata.replication.elect(topic, partition, election)) {
    case 'elected':
      return NO_FAILURE;
    case 'not-needed':
      return plainFailure(ErrorCode.ELECTION_NOT_NEEDED);
    case 'not-available':
      return plainFailure(
        election === 'preferred' ? ErrorCode.PREFERRED_LEADER_NOT_AVAILABLE : ErrorCode.ELIGIBLE_LEADERS_NOT_AVAILABLE,
      );
  }
}

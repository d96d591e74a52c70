// StreamsGroupTopology: the topology of a streams group.
import { array, type DecodedMessage, int16, int32, message, string } from '../../schema.ts';

export const StreamsGroupTopologyKey = message({
  name: 'StreamsGroupTopologyKey',
  versions: [0, 0],
  flexible: null,
  fields: { groupId: string },
});

export interface StreamsGroupTopologyKeyData extends DecodedMessage<typeof StreamsGroupTopologyKey> {}

const topicConfig = { key: string, value: string };
const topicInfo = { name: string, partitions: int32, replicationFactor: int16, topicConfigs: array(topicConfig) };
export const StreamsGroupTopologyValue = message({
  name: 'StreamsGroupTopologyValue',
  versions: [0, 0],
  flexible: 0,
  fields: {
    epoch: int32,
    subtopologies: array({
      subtopologyId: string,
      sourceTopics: array(string),
      sourceTopicRegex: array(string),
      stateChangelogTopics: array(topicInfo),
      repartitionSinkTopics: array(string),
      repartitionSourceTopics: array(topicInfo),
      copartitionGroups: array({
        sourceTopics: array(int16),
        sourceTopicRegex: array(int16),
        repartitionSourceTopics: array(int16),
      }),
    }),
  },
});

export interface StreamsGroupTopologyValueData extends DecodedMessage<typeof StreamsGroupTopologyValue> {}

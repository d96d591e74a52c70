import type { TopicPartition } from '../../client/admin.ts';
import { hashMapOrder, topicPartitionHash } from '../../util/java-hash.ts';
import { operationFailed } from '../admin-exceptions.ts';
import { JsonNode } from '../json-file.ts';

const nameOf = ({ topic, partition }: TopicPartition): string => `${topic}-${partition}`;

/** The partitions of a --path-to-json-file (LeaderElectionCommand.parseReplicaElectionData). @throws JavaException */
export function parseElectionFile(text: string): TopicPartition[] {
  const json = JsonNode.parse(text);
  if (json === undefined) throw operationFailed('Replica election data is empty');
  const list = json.get('partitions');
  if (list === undefined) throw operationFailed('Replica election data is missing "partitions" field');
  const partitions = list.list().map((one) => ({
    topic: one.field('topic').text(),
    partition: one.field('partition').int(),
  }));
  const named = new Map(partitions.map((one) => [nameOf(one), one]));
  const names = partitions.map(nameOf);
  const repeated = [...named.keys()].filter((name) => names.indexOf(name) < names.lastIndexOf(name));
  const duplicates = hashMapOrder(repeated, (name) =>
    topicPartitionHash(named.get(name)!.topic, named.get(name)!.partition),
  );
  if (duplicates.length > 0)
    throw operationFailed(`Replica election data contains duplicate partitions: [${duplicates.join(', ')}]`);
  return partitions;
}

import type { TopicPartition } from '../../client/admin.ts';
import { operationFailed } from '../admin-exceptions.ts';
import { JsonNode } from '../json-file.ts';

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
  const names = partitions.map(({ topic, partition }) => `${topic}-${partition}`);
  const duplicates = [...new Set(names.filter((name, i) => names.indexOf(name) < i))];
  if (duplicates.length > 0)
    throw operationFailed(`Replica election data contains duplicate partitions: [${duplicates.join(', ')}]`);
  return partitions;
}

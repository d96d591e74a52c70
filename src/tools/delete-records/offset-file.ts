import type { RecordsToDelete } from '../../client/admin.ts';
import { commandFailed, operationFailed } from '../admin-exceptions.ts';
import { JsonNode } from '../json-file.ts';

const VERSION = 1;

/** The offsets of an --offset-json-file (DeleteRecordsCommand.parseOffsetJsonStringWithoutDedup). @throws JavaException */
export function parseOffsetFile(text: string): RecordsToDelete[] {
  const json = JsonNode.parse(text);
  if (json === undefined) throw operationFailed('The input string is not a valid JSON');
  const version = json.get('version')?.int() ?? VERSION;
  if (version !== VERSION) throw operationFailed(`Not supported version field value ${version}`);
  const partitions = json.get('partitions');
  if (partitions === undefined) throw operationFailed('Missing partitions field');
  const requests = partitions.list().map((one) => ({
    topic: one.field('topic').text(),
    partition: one.field('partition').int(),
    beforeOffset: one.field('offset').long(),
  }));
  const names = requests.map(({ topic, partition }) => `${topic}-${partition}`);
  const duplicates = [...new Set(names.filter((name, i) => names.indexOf(name) < i))];
  if (duplicates.length > 0)
    throw commandFailed(`Offset json file contains duplicate topic partitions: ${duplicates.join(',')}`);
  return requests;
}

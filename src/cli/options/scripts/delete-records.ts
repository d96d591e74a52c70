import { checkRequired } from '../checks.ts';
import type { ParsedOptions } from '../parsed.ts';
import { joptScript } from '../script.ts';
import { text } from '../table.ts';
import { bootstrapServer, commandConfig, general } from './common.ts';

export const deleteRecords = joptScript({
  name: 'delete-records',
  kafkaName: 'kafka-delete-records',
  about: 'Delete the records of partitions before an offset',
  headline: 'This tool helps to delete records of the given partitions down to the specified offset.',
  parseErrors: 'message',
  examples: [{ about: 'As a file says', command: 'delete-records --offset-json-file offsets.json' }],
  options: {
    'bootstrap-server': bootstrapServer,
    'command-config': commandConfig,
    'offset-json-file': text(
      'FILE',
      'What goes: {"version":1,"partitions":[{"topic":"orders","partition":0,"offset":10}]}; offset -1 for everything',
      { suggest: 'files' },
    ),
    ...general,
  },
});

/** Checks as DeleteRecordsCommand does. @throws UsageError */
export function checkDeleteRecords(options: ParsedOptions<typeof deleteRecords.options>): void {
  checkRequired(options, 'bootstrap-server', 'offset-json-file');
}

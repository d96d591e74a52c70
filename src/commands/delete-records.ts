import { logLine } from '../cli/log-lines.ts';
import { openAdmin } from '../cli/open-admin.ts';
import { checkDeleteRecords, deleteRecords } from '../cli/options/scripts/delete-records.ts';
import { scriptCommand } from '../cli/script-command.ts';
import { stackText } from '../cli/stack-text.ts';
import { readTextFile } from '../cli/text-file.ts';
import { withAdmin } from '../cli/with-admin.ts';

const LOGGER = 'org.apache.kafka.clients.admin.internals.DeleteRecordsHandler';

export default scriptCommand({
  script: deleteRecords,
  async run(context) {
    const { options, output } = context;
    checkDeleteRecords(options);
    const { parseOffsetFile } = await import('../tools/delete-records/offset-file.ts');
    const tool = await import('../tools/delete-records/delete-records.ts');
    const requests = parseOffsetFile(readTextFile(options.value('offset-json-file')!));
    const connection = {
      bootstrapServer: options.value('bootstrap-server'),
      commandConfig: options.value('command-config'),
    };
    return withAdmin(
      () => openAdmin(connection, context),
      (admin) =>
        tool.deleteRecords(admin, requests, ({ topic, partition, error }) => {
          const what = `DeleteRecords request for topic partition ${topic}-${partition} failed due to an unexpected error`;
          output.warn(logLine('ERROR', `[AdminClient clientId=adminclient-1] ${what} ${error?.info.name}`, LOGGER));
        }),
    );
  },
  failure: (error, { compat }) => ({ stderr: stackText(error, compat) }),
});

import { logLine } from '../cli/log-lines.ts';
import { openAdmin } from '../cli/open-admin.ts';
import { checkDeleteRecords, deleteRecords } from '../cli/options/scripts/delete-records.ts';
import { scriptCommand } from '../cli/script-command.ts';
import { stackText } from '../cli/stack-text.ts';
import { readTextFile } from '../cli/text-file.ts';
import { withAdmin } from '../cli/with-admin.ts';
import type { DeletedRecords } from '../client/admin.ts';
import { TimeoutError } from '../client/errors.ts';

const LOGGERS = 'org.apache.kafka.clients.admin.internals';

export default scriptCommand({
  script: deleteRecords,
  async run(context) {
    const { options, output, compat, format } = context;
    checkDeleteRecords(options);
    const { parseOffsetFile } = await import('../tools/delete-records/offset-file.ts');
    const tool = await import('../tools/delete-records/delete-records.ts');
    const connection = {
      bootstrapServer: options.value('bootstrap-server'),
      commandConfig: options.value('command-config'),
    };
    return withAdmin(
      () => openAdmin(connection, context),
      async (admin) =>
        tool.deleteRecords(
          admin,
          parseOffsetFile(readTextFile(options.value('offset-json-file')!)),
          (failed) => {
            const log = logOf(failed);
            if (log !== undefined) output.warn(log);
          },
          compat.manner === 'kafka' && format === 'text' ? (text) => output.write(text) : undefined,
        ),
    );
  },
  failure: (error, { compat }) => ({ stderr: stackText(error, compat) }),
});

/** What Kafka's client logs of a partition: nothing when time ran out. */
function logOf({ topic, partition, error }: DeletedRecords): string | undefined {
  if (error === undefined || error instanceof TimeoutError) return undefined;
  const client = '[AdminClient clientId=adminclient-1]';
  if (error.info.name === 'INVALID_TOPIC_EXCEPTION') {
    const what = `Received invalid topic error for topic ${topic} in \`Metadata\` response`;
    return logLine('ERROR', `${client} ${what}`, `${LOGGERS}.PartitionLeaderStrategy`);
  }
  const what = `DeleteRecords request for topic partition ${topic}-${partition} failed due to an unexpected error`;
  return logLine('ERROR', `${client} ${what} ${error.info.name}`, `${LOGGERS}.DeleteRecordsHandler`);
}

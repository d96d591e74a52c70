import { logLine } from '../cli/log-lines.ts';
import { adminLabel, openAdmin } from '../cli/open-admin.ts';
import { checkDeleteRecords, deleteRecords } from '../cli/options/scripts/delete-records.ts';
import { scriptCommand } from '../cli/script-command.ts';
import { stackText } from '../cli/stack-text.ts';
import { readTextFile } from '../cli/text-file.ts';
import { withAdmin } from '../cli/with-admin.ts';
import type { DeletedRecords } from '../client/admin.ts';
import { TimeoutError } from '../client/errors.ts';

const METADATA_ERRORS: ReadonlyMap<string, string> = new Map([
  ['INVALID_TOPIC_EXCEPTION', 'invalid topic error'],
  ['TOPIC_AUTHORIZATION_FAILED', 'authorization failure'],
]);
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
            const log = logOf(adminLabel(connection), failed);
            if (log !== undefined) output.warn(log);
          },
          compat.manner === 'kafka' && format === 'text' ? (text) => output.write(text) : undefined,
        ),
    );
  },
  failure: (error, { compat }) => ({ stderr: stackText(error, compat) }),
});

/** What Kafka's client logs of a partition: nothing when time ran out. */
function logOf(client: string, { topic, partition, error }: DeletedRecords): string | undefined {
  if (error === undefined || error instanceof TimeoutError) return undefined;
  const metadataError = METADATA_ERRORS.get(error.info.name);
  if (metadataError !== undefined && error.message.startsWith('Failed to fetch metadata ')) {
    const what = `Received ${metadataError} for topic ${topic} in \`Metadata\` response`;
    return logLine('ERROR', `${client} ${what}`, `${LOGGERS}.PartitionLeaderStrategy`);
  }
  const why = error.info.name === 'TOPIC_AUTHORIZATION_FAILED' ? 'an error' : 'an unexpected error';
  const what = `DeleteRecords request for topic partition ${topic}-${partition} failed due to ${why}`;
  return logLine('ERROR', `${client} ${what} ${error.info.name}`, `${LOGGERS}.DeleteRecordsHandler`);
}

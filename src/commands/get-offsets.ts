import { advice, asFutures } from '../cli/failure-text.ts';
import { logLine } from '../cli/log-lines.ts';
import { openAdmin } from '../cli/open-admin.ts';
import { checkGetOffsets, getOffsets } from '../cli/options/scripts/get-offsets.ts';
import { scriptCommand } from '../cli/script-command.ts';
import { withAdmin } from '../cli/with-admin.ts';
import { TimeoutError } from '../client/errors.ts';

export default scriptCommand({
  script: getOffsets,
  async run(context) {
    const { options, output } = context;
    const plan = checkGetOffsets(options);
    const connection = {
      bootstrapServer: options.value('bootstrap-server'),
      commandConfig: options.value('command-config'),
    };
    const { getOffsets: run } = await import('../tools/get-offsets/get-offsets.ts');
    return withAdmin(
      () => openAdmin(connection, context, { 'client.id': 'GetOffsetShell' }),
      (admin) =>
        run(admin, {
          ...plan,
          onSkipped: ({ topic, partition, error }) => {
            if (error instanceof TimeoutError) return;
            const what = `ListOffsets request for topic partition ${topic}-${partition} failed due to an unexpected error`;
            const text = `[AdminClient clientId=GetOffsetShell] ${what} ${error?.info.name}`;
            output.warn(logLine('ERROR', text, 'org.apache.kafka.clients.admin.internals.ListOffsetsHandler'));
          },
        }),
    );
  },
  failure: (error, { compat }) => ({
    stderr: `Error occurred: ${asFutures(error, compat).message}\n${advice(error, compat)}`,
  }),
});

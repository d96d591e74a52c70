import { advice, asFutures } from '../cli/failure-text.ts';
import { openAdmin } from '../cli/open-admin.ts';
import { checkGetOffsets, getOffsets } from '../cli/options/scripts/get-offsets.ts';
import { scriptCommand } from '../cli/script-command.ts';
import { withAdmin } from '../cli/with-admin.ts';

export default scriptCommand({
  script: getOffsets,
  async run(context) {
    const { options } = context;
    const plan = checkGetOffsets(options);
    const connection = {
      bootstrapServer: options.value('bootstrap-server'),
      commandConfig: options.value('command-config'),
    };
    const { getOffsets: run } = await import('../tools/get-offsets/get-offsets.ts');
    return withAdmin(
      () => openAdmin(connection, context, { 'client.id': 'GetOffsetShell' }),
      (admin) => run(admin, plan),
    );
  },
  failure: (error, { compat }) => ({
    stderr: `Error occurred: ${asFutures(error, compat).message}\n${advice(error, compat)}`,
  }),
});

import { openAdmin } from '../cli/open-admin.ts';
import { checkDeleteRecords, deleteRecords } from '../cli/options/scripts/delete-records.ts';
import { scriptCommand } from '../cli/script-command.ts';
import { stackText } from '../cli/stack-text.ts';
import { readTextFile } from '../cli/text-file.ts';
import { withAdmin } from '../cli/with-admin.ts';

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
          compat.kafkaStreams && format === 'text' ? (text) => output.write(text) : undefined,
        ),
    );
  },
  failure: (error, { compat }) => ({ stderr: stackText(error, compat) }),
});

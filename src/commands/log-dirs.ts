import { advice, asFutures } from '../cli/failure-text.ts';
import { openAdmin } from '../cli/open-admin.ts';
import { convert } from '../cli/options/java-values.ts';
import { checkLogDirs, logDirs } from '../cli/options/scripts/log-dirs.ts';
import { scriptCommand } from '../cli/script-command.ts';
import { stackText } from '../cli/stack-text.ts';
import { withAdmin } from '../cli/with-admin.ts';
import { JavaException } from '../tools/java-exception.ts';
import { UnknownBrokers } from '../tools/log-dirs/describe.ts';

export default scriptCommand({
  script: logDirs,
  async run(context) {
    const { options } = context;
    checkLogDirs(options);
    const connection = {
      bootstrapServer: options.value('bootstrap-server'),
      commandConfig: options.value('command-config'),
    };
    const { describeLogDirs } = await import('../tools/log-dirs/describe.ts');
    return withAdmin(
      () => openAdmin(connection, context, { 'client.id': 'log-dirs-tool' }),
      (admin) =>
        describeLogDirs(
          admin,
          {
            brokers: namesIn(options.value('broker-list')).map(brokerId),
            topics: namesIn(options.value('topic-list')),
          },
          context.notice,
        ),
    );
  },
  failure: (error, { compat }) => ({
    stderr:
      error instanceof UnknownBrokers
        ? `${error.message}\n${advice(error, compat)}`
        : stackText(asFutures(error, compat), compat),
  }),
});

const namesIn = (list = ''): string[] => [...new Set(list.split(',').filter((name) => name !== ''))];

function brokerId(word: string): number {
  try {
    return convert('int', word) as number;
  } catch (error) {
    throw new JavaException('java.lang.NumberFormatException', (error as Error).message);
  }
}

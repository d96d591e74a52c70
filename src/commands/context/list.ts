import { contextList } from '../../cli/contexts/options.ts';
import { readContexts } from '../../cli/contexts/store.ts';
import { targetOf } from '../../cli/contexts/target.ts';
import { ownCommand } from '../../cli/own-command.ts';
import { ALL_FORMS } from '../../cli/own-options/table.ts';
import { isForPrograms, printReport } from '../../cli/print.ts';

export default ownCommand(
  contextList,
  async ({ env, format, output }) => {
    const inUse = targetOf(env).context;
    const contexts = Object.entries(readContexts(env).contexts)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, context]) => ({ name, ...context, inUse: name === inUse }));
    if (contexts.length === 0 && !isForPrograms(format)) {
      output.warn('There are no contexts. To make one: ktool context add NAME --bootstrap-server HOST:PORT');
      return 0;
    }
    const report = {
      data: contexts,
      text: contexts
        .map(({ name, bootstrapServer, inUse: used }) => `${used ? '* ' : '  '}${name}\t${bootstrapServer}\n`)
        .join(''),
      table: {
        columns: ['In use', 'Context', 'Bootstrap server', 'Settings'],
        rows: contexts.map(({ name, bootstrapServer, commandConfig = '', inUse: used }) => [
          used ? '*' : '',
          name,
          bootstrapServer,
          commandConfig,
        ]),
      },
    };
    await printReport(report, format, output);
    return 0;
  },
  ALL_FORMS,
);

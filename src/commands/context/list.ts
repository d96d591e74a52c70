import { contextList } from '../../cli/contexts/options.ts';
import { contextData, readContexts } from '../../cli/contexts/store.ts';
import { targetOf } from '../../cli/contexts/target.ts';
import { ownCommand } from '../../cli/own-command.ts';
import { isForPrograms } from '../../cli/print.ts';

export default ownCommand(contextList, async ({ env, format, output }) => {
  const current = targetOf(env).context;
  const contexts = Object.entries(readContexts(env).contexts)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, context]) => ({ ...contextData(name, context), inUse: name === current }));
  if (contexts.length === 0 && !isForPrograms(format)) {
    output.warn('There are no contexts. To make one: ktool context add NAME --bootstrap-server HOST:PORT');
    return 0;
  }
  return {
    data: contexts,
    text: contexts
      .map(({ name, bootstrapServer, inUse }) => `${inUse ? '* ' : '  '}${name}\t${bootstrapServer}\n`)
      .join(''),
    table: {
      columns: ['In use', 'Context', 'Bootstrap server', 'Settings'],
      rows: contexts.map(({ name, bootstrapServer, commandConfig, inUse }) => [
        inUse ? '*' : '',
        name,
        bootstrapServer,
        commandConfig ?? '',
      ]),
    },
  };
});

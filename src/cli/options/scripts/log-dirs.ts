import { checkRequired } from '../checks.ts';
import type { ParsedOptions } from '../parsed.ts';
import { joptScript } from '../script.ts';
import { flag, text } from '../table.ts';
import { bootstrapServer, commandConfig, general } from './common.ts';

export const logDirs = joptScript({
  name: 'log-dirs',
  kafkaName: 'kafka-log-dirs',
  about: 'Show what is in the log directories of brokers',
  headline: 'This tool helps to query log directory usage on the specified brokers.',
  parseErrors: 'message',
  examples: [
    { about: 'All of them', command: 'log-dirs --describe' },
    { about: 'What some topics take', command: 'log-dirs --describe --topic-list orders,clicks' },
  ],
  options: {
    'bootstrap-server': bootstrapServer,
    'command-config': commandConfig,
    describe: flag('Show the directories'),
    'topic-list': text('NAME,…', 'Only these topics', { default: '', suggest: 'topics' }),
    'broker-list': text('ID,…', 'Only these brokers', { default: '' }),
    ...general,
  },
});

/** Checks as LogDirsCommand does. @throws UsageError */
export function checkLogDirs(options: ParsedOptions<typeof logDirs.options>): void {
  checkRequired(options, 'bootstrap-server', 'describe');
}

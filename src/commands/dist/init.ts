import { join, resolve } from 'node:path';
import { distInit } from '../../cli/dist/options.ts';
import { quoted } from '../../cli/dist/shims.ts';
import { writeTree } from '../../cli/dist/write-tree.ts';
import { ownCommand } from '../../cli/own-command.ts';

export default ownCommand(distInit, async ({ options, root }) => {
  const [directory, ...more] = options.positionals;
  if (directory === undefined || more.length > 0)
    throw new Error('Which folder is it to be? For example: ktool dist init kafka');
  const tree = writeTree(resolve(directory), { node: process.execPath, program: join(root, 'bin', 'run.js') });
  return {
    data: tree,
    text: nextSteps(tree.home)
      .map((line) => `${line}\n`)
      .join(''),
    warnings: [
      ...tree.kept.map((file) => `kept as it was: ${file}`),
      ...(process.platform === 'win32' ? [WINDOWS] : []),
    ],
  };
});

const WINDOWS = 'The scripts are for sh. On Windows itself, type ktool topics where a tutorial says kafka-topics.bat';

const nextSteps = (home: string): string[] => [
  `A Kafka that is ktool is in ${home}`,
  '',
  `  cd ${/^[\w./-]+$/.test(home) ? home : quoted(home)}`,
  '  bin/kafka-server-start.sh config/server.properties',
  '',
  'and in another terminal',
  '',
  '  bin/kafka-topics.sh --create --topic orders --bootstrap-server localhost:9092',
];

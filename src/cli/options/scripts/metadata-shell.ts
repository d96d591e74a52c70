import { argparseScript } from '../script.ts';
import { text } from '../table.ts';
import { general } from './common.ts';

export const metadataShell = argparseScript({
  name: 'metadata-shell',
  kafkaName: 'kafka-metadata-shell',
  about: 'Walk through the metadata of a cluster as through files',
  helpExit: 1,
  examples: [
    {
      about: 'One command',
      command:
        "metadata-shell --snapshot data/__cluster_metadata-0/00000000000000000000.log ls '/image/topics/byName/*'",
    },
    {
      about: 'Type commands; help lists them',
      command: 'metadata-shell --snapshot data/__cluster_metadata-0/00000000000000000000.log',
    },
  ],
  level: {
    about: 'Walk through the metadata of a cluster as through files',
    options: {
      snapshot: text('FILE', 'A segment or a snapshot of the metadata log; its broker must not run', {
        short: 's',
        required: true,
        suggest: 'files',
      }),
      json: general.json,
    },
    positionals: { command: text('COMMAND', 'cat, find, ls or tree, with paths', { nargs: '*' }) },
  },
});

import { argparseScript } from '../script.ts';
import { text } from '../table.ts';

export const connectMirrorMaker = argparseScript({
  name: 'connect-mirror-maker',
  kafkaName: 'connect-mirror-maker',
  about: 'Say that ktool does not copy topics between clusters',
  helpExit: 1,
  examples: [],
  level: {
    about: 'MirrorMaker runs in Kafka Connect, which ktool does not have',
    options: {
      clusters: text('CLUSTER', 'The clusters that it would copy to', { nargs: '+' }),
    },
    positionals: {
      'mm2.properties': text('FILE', 'The settings of MirrorMaker', { suggest: 'files', required: true }),
    },
  },
});

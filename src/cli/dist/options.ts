import { joptScript } from '../options/script.ts';
import { general } from '../options/scripts/common.ts';
import { flag, text } from '../options/table.ts';

export const distInit = joptScript({
  name: 'dist init',
  kafkaName: 'kafka-dist-init',
  about: 'Write a folder like an unpacked Kafka: bin with all scripts, config with the files that tutorials name',
  headline: '',
  parseErrors: 'message',
  positionals: { DIR: text('DIR', 'The folder; a new one, an empty one, or one that this command wrote before') },
  options: { ...general, json: flag('Print the result as one JSON document', { group: 'General' }) },
  examples: [{ about: 'A Kafka to follow a tutorial with', command: 'dist init kafka' }],
});

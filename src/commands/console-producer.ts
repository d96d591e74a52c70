import { consoleProducer } from '../cli/options/scripts/console-producer.ts';
import { scriptCommand } from '../cli/script-command.ts';

export default scriptCommand({
  script: consoleProducer,
  async run() {
    throw new Error('This build of ktool has no client yet.');
  },
});

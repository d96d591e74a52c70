import { consoleConsumer } from '../cli/options/scripts/console-consumer.ts';
import { scriptCommand } from '../cli/script-command.ts';

export default scriptCommand({
  script: consoleConsumer,
  async run() {
    throw new Error('This build of ktool has no client yet.');
  },
});

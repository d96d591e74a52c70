import { runConsoleConsumer } from '../cli/console-consumer.ts';
import { consoleConsumer } from '../cli/options/scripts/console-consumer.ts';
import { scriptCommand } from '../cli/script-command.ts';

export default scriptCommand({ script: consoleConsumer, run: runConsoleConsumer });

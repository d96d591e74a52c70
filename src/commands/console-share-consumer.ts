import { runConsoleShareConsumer } from '../cli/console-share-consumer.ts';
import { consoleShareConsumer } from '../cli/options/scripts/console-share-consumer.ts';
import { scriptCommand } from '../cli/script-command.ts';

export default scriptCommand({ script: consoleShareConsumer, run: runConsoleShareConsumer });

import { runConsoleShareConsumer } from '../cli/console-share-consumer.ts';
import { consoleShareConsumer } from '../cli/options/scripts/console-share-consumer.ts';
import { STREAM_FORMS } from '../cli/own-options/table.ts';
import { scriptCommand } from '../cli/script-command.ts';

export default scriptCommand({ script: consoleShareConsumer, forms: STREAM_FORMS, run: runConsoleShareConsumer });

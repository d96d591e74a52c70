import { runConsoleConsumer } from '../cli/console-consumer.ts';
import { consoleConsumer } from '../cli/options/scripts/console-consumer.ts';
import { STREAM_FORMS } from '../cli/own-options/table.ts';
import { scriptCommand } from '../cli/script-command.ts';

export default scriptCommand({ script: consoleConsumer, forms: STREAM_FORMS, run: runConsoleConsumer });

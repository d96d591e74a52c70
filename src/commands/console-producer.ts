import { producerFailure, runConsoleProducer } from '../cli/console-producer.ts';
import { consoleProducer } from '../cli/options/scripts/console-producer.ts';
import { STREAM_FORMS } from '../cli/own-options/table.ts';
import { scriptCommand } from '../cli/script-command.ts';

export default scriptCommand({
  script: consoleProducer,
  forms: STREAM_FORMS,
  run: runConsoleProducer,
  failure: producerFailure,
});

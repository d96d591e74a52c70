import { producerFailure, runConsoleProducer } from '../cli/console-producer.ts';
import { consoleProducer } from '../cli/options/scripts/console-producer.ts';
import { scriptCommand } from '../cli/script-command.ts';

export default scriptCommand({ script: consoleProducer, run: runConsoleProducer, failure: producerFailure });

import { uncaught } from '../cli/failure-text.ts';
import { verifiableConsumer } from '../cli/options/scripts/verifiable-consumer.ts';
import { scriptCommand } from '../cli/script-command.ts';
import { runVerifiableConsumer } from '../cli/verifiable-consumer.ts';

export default scriptCommand({ script: verifiableConsumer, run: runVerifiableConsumer, failure: uncaught });

import { uncaught } from '../cli/failure-text.ts';
import { verifiableConsumer } from '../cli/options/scripts/verifiable-consumer.ts';
import { STREAM_FORMS } from '../cli/own-options/table.ts';
import { scriptCommand } from '../cli/script-command.ts';
import { runVerifiableConsumer } from '../cli/verifiable-consumer.ts';

export default scriptCommand({
  forms: STREAM_FORMS,
  script: verifiableConsumer,
  run: runVerifiableConsumer,
  failure: uncaught,
});

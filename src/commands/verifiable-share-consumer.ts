import { uncaught } from '../cli/failure-text.ts';
import { verifiableShareConsumer } from '../cli/options/scripts/verifiable-share-consumer.ts';
import { STREAM_FORMS } from '../cli/own-options/table.ts';
import { scriptCommand } from '../cli/script-command.ts';
import { runVerifiableShareConsumer } from '../cli/verifiable-share-consumer.ts';

export default scriptCommand({
  forms: STREAM_FORMS,
  script: verifiableShareConsumer,
  run: runVerifiableShareConsumer,
  failure: uncaught,
});

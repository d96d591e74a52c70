import { uncaught } from '../cli/failure-text.ts';
import { verifiableProducer } from '../cli/options/scripts/verifiable-producer.ts';
import { STREAM_FORMS } from '../cli/own-options/table.ts';
import { scriptCommand } from '../cli/script-command.ts';
import { runVerifiableProducer } from '../cli/verifiable-producer.ts';

export default scriptCommand({
  forms: STREAM_FORMS,
  script: verifiableProducer,
  run: runVerifiableProducer,
  failure: uncaught,
});

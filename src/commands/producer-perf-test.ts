import { uncaught } from '../cli/failure-text.ts';
import { producerPerfTest } from '../cli/options/scripts/producer-perf-test.ts';
import { STREAM_FORMS } from '../cli/own-options/table.ts';
import { runProducerPerfTest } from '../cli/producer-perf-test.ts';
import { scriptCommand } from '../cli/script-command.ts';

export default scriptCommand({
  script: producerPerfTest,
  forms: STREAM_FORMS,
  run: runProducerPerfTest,
  failure: uncaught,
});

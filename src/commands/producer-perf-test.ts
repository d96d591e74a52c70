import { uncaught } from '../cli/failure-text.ts';
import { producerPerfTest } from '../cli/options/scripts/producer-perf-test.ts';
import { runProducerPerfTest } from '../cli/producer-perf-test.ts';
import { scriptCommand } from '../cli/script-command.ts';

export default scriptCommand({
  script: producerPerfTest,
  run: runProducerPerfTest,
  failure: uncaught,
});

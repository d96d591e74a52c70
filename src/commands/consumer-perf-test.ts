import { consumerPerfFailure, runConsumerPerfTest } from '../cli/consumer-perf-test.ts';
import { consumerPerfTest } from '../cli/options/scripts/consumer-perf-test.ts';
import { scriptCommand } from '../cli/script-command.ts';

export default scriptCommand({
  script: consumerPerfTest,
  run: runConsumerPerfTest,
  failure: consumerPerfFailure,
});

import { consumerPerfFailure, runConsumerPerfTest } from '../cli/consumer-perf-test.ts';
import { consumerPerfTest } from '../cli/options/scripts/consumer-perf-test.ts';
import { STREAM_FORMS } from '../cli/own-options/table.ts';
import { scriptCommand } from '../cli/script-command.ts';

export default scriptCommand({
  script: consumerPerfTest,
  forms: STREAM_FORMS,
  run: runConsumerPerfTest,
  failure: consumerPerfFailure,
});

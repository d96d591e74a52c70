import { consumerPerfFailure } from '../cli/consumer-perf-test.ts';
import { shareConsumerPerfTest } from '../cli/options/scripts/share-consumer-perf-test.ts';
import { scriptCommand } from '../cli/script-command.ts';
import { runShareConsumerPerfTest } from '../cli/share-consumer-perf-test.ts';

export default scriptCommand({
  script: shareConsumerPerfTest,
  run: runShareConsumerPerfTest,
  failure: consumerPerfFailure,
});

import { consumerPerfFailure } from '../cli/consumer-perf-test.ts';
import { shareConsumerPerfTest } from '../cli/options/scripts/share-consumer-perf-test.ts';
import { STREAM_FORMS } from '../cli/own-options/table.ts';
import { scriptCommand } from '../cli/script-command.ts';
import { runShareConsumerPerfTest } from '../cli/share-consumer-perf-test.ts';

export default scriptCommand({
  script: shareConsumerPerfTest,
  forms: STREAM_FORMS,
  run: runShareConsumerPerfTest,
  failure: consumerPerfFailure,
});

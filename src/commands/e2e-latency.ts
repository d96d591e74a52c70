import { consumerPerfFailure } from '../cli/consumer-perf-test.ts';
import { runE2eLatency } from '../cli/e2e-latency.ts';
import { e2eLatency, namedArguments } from '../cli/options/scripts/e2e-latency.ts';
import { scriptCommand } from '../cli/script-command.ts';

export default scriptCommand({
  script: e2eLatency,
  rewrite: namedArguments,
  run: runE2eLatency,
  failure: consumerPerfFailure,
});

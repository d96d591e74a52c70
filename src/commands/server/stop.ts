import { setTimeout as wait } from 'node:timers/promises';
import { filterOf } from '../../cli/server/filter.ts';
import { serverStop } from '../../cli/server/options.ts';
import { isRunning, type RunningBroker, runningBrokers } from '../../cli/server/running-brokers.ts';
import { serverCommand } from '../../cli/server/server-command.ts';

const POLL_MS = 20;
/** A broker stops within 5 s. */
const PATIENCE_MS = 10_000;

export default serverCommand(serverStop, async ({ options, env, compat, output }) => {
  const brokers = runningBrokers(env, filterOf(options));
  if (brokers.length === 0) {
    output.print('No kafka server to stop');
    return 1;
  }
  for (const { pid } of brokers) process.kill(pid, 'SIGTERM');
  // Kafka's script does not wait, and says nothing.
  if (compat.manner === 'kafka') return 0;
  const stopped = await Promise.all(brokers.map(ended));
  const report = brokers.map((broker, index) => ({ ...broker, stopped: stopped[index] === true }));
  if (options.has('json')) output.print(JSON.stringify(report));
  else
    for (const { address, pid, stopped: done } of report)
      if (done) output.print(`Stopped the broker on ${address} (process ${pid})`);
      else output.warn(`The broker on ${address} (process ${pid}) still runs; to end it at once: kill -9 ${pid}`);
  return stopped.every(Boolean) ? 0 : 1;
});

async function ended({ pid }: RunningBroker): Promise<boolean> {
  for (let waited = 0; waited < PATIENCE_MS; waited += POLL_MS) {
    if (!isRunning(pid)) return true;
    await wait(POLL_MS);
  }
  return false;
}

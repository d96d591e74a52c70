import { setTimeout as wait } from 'node:timers/promises';
import { printErrorDocument } from '../../cli/json-wanted.ts';
import { type OwnContext, ownCommand } from '../../cli/own-command.ts';
import { isForPrograms, printNotice } from '../../cli/print.ts';
import { filterOf } from '../../cli/server/filter.ts';
import { controlBroker, findBroker } from '../../cli/server/one-broker.ts';
import { serverStop } from '../../cli/server/options.ts';
import { isRunning } from '../../cli/server/running.ts';
import { brokerData, type RunningBroker, runningBrokers } from '../../cli/server/running-brokers.ts';
import type { Report } from '../../tools/report.ts';

const POLL_MS = 20;
/** A broker stops within 5 s. */
const PATIENCE_MS = 10_000;

type Context = OwnContext<typeof serverStop.options>;

export default ownCommand(serverStop, async (context) => {
  const { options, env, compat, format, output } = context;
  const wanted = options.value('broker');
  // Kafka's script looks at one of the two.
  const processRole = options.has('node-id') ? undefined : options.value('process-role');
  const filter = { ...filterOf(options), processRole };
  const brokers = runningBrokers(env, wanted === undefined ? filter : { ...filter, nodeId: wanted });
  // Kafka's --node-id means one broker too, whatever else its process has.
  const nodeId = wanted ?? filter.nodeId;
  if (nodeId !== undefined && brokers.some(({ nodes }) => nodes !== undefined)) return stopOne(nodeId, context);
  const selected = options.has('node-id') || options.has('process-role');
  if (options.has('node-id') && options.has('process-role'))
    printNotice('--process-role and --node-id are both given: --node-id is what counts', format, output);
  // Kafka's script has nothing to say where brokers run that were not meant.
  if (brokers.length === 0 && compat.kafkaExits && selected && runningBrokers(env).length > 0) return 0;
  if (brokers.length === 0) {
    if (format === 'json') printErrorDocument('No kafka server to stop', output);
    printNotice('No kafka server to stop', isForPrograms(format) ? format : 'text', output);
    return 1;
  }
  for (const { pid } of brokers) process.kill(pid, signalOf(env));
  // Kafka's script does not wait, and says nothing.
  if (compat.manner === 'kafka') return 0;
  const stopped = await Promise.all(brokers.map(ended));
  const ends = brokers.map((broker, index) => ({ ...brokerData(broker), stopped: stopped[index] === true }));
  const left = ends.filter((broker) => !broker.stopped);
  return {
    data: ends,
    text: ends
      .filter((broker) => broker.stopped)
      .map(({ address, pid }) => `Stopped the broker on ${address} (process ${pid})\n`)
      .join(''),
    warnings: left.map(
      ({ address, pid }) => `The broker on ${address} (process ${pid}) still runs; to end it at once: kill -9 ${pid}`,
    ),
    failed: left.length > 0,
  };
});

/** Stops one broker of several. @throws Error if there is no such broker, or more than one */
async function stopOne(nodeId: number, { options, env }: Context): Promise<Report> {
  const found = findBroker(nodeId, { ...filterOf(options), nodeId }, env);
  const { node, process: owner } = found;
  if (!node.running) throw new Error(`Broker ${nodeId} on ${node.address} is stopped already`);
  await controlBroker(found, 'stop');
  return {
    data: { ...node, running: false },
    document: 'server stop --broker',
    text: `Stopped broker ${nodeId} on ${node.address}; the others of process ${owner.pid} go on\n`,
  };
}

/** SIGNAL, as Kafka's script has it: `TERM`, `KILL`. */
const signalOf = ({ SIGNAL = 'TERM' }: NodeJS.ProcessEnv) => `SIG${SIGNAL.replace(/^SIG/, '')}` as NodeJS.Signals;

async function ended({ pid }: RunningBroker): Promise<boolean> {
  for (let waited = 0; waited < PATIENCE_MS; waited += POLL_MS) {
    if (!isRunning(pid)) return true;
    await wait(POLL_MS);
  }
  return false;
}

import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { type BrokerOptions, configOf } from '../../broker/broker-options.ts';
import { exposedListeners } from '../../broker/config/exposure.ts';
import type { Broker } from '../../broker/start.ts';
import { exitStatus } from '../../cli/compat.ts';
import { SERVICES } from '../../cli/dist/services.ts';
import { aborted, listenForInterrupt } from '../../cli/interrupt.ts';
import { logLine } from '../../cli/log-lines.ts';
import type { Output } from '../../cli/output.ts';
import { type OwnContext, ownCommand } from '../../cli/own-command.ts';
import { STREAM_FORMS } from '../../cli/own-options/table.ts';
import { withDaemon } from '../../cli/server/background.ts';
import { type ControlChannel, openControl } from '../../cli/server/control.ts';
import { defaultDataDir } from '../../cli/server/data-home.ts';
import { controlBroker, findBroker } from '../../cli/server/one-broker.ts';
import { serverStart } from '../../cli/server/options.ts';
import { announceBroker, brokerData, type RunningBroker, runningBrokers } from '../../cli/server/running-brokers.ts';
import { startLines, stopCommand } from '../../cli/server/start-lines.ts';
import type { Report } from '../../tools/report.ts';
import { type Logger, oneLine } from '../../util/logger.ts';
import { parseKeyValues, parseProperties } from '../../util/properties.ts';

type Context = OwnContext<typeof serverStart.options>;

const command = ownCommand(serverStart, start, STREAM_FORMS);

async function start(context: Context): Promise<Report | number> {
  const { options, env, compat, output } = context;
  // Kafka's script has no settings of its own to start with.
  if (compat.manner === 'kafka' && options.occurrences.length === 0 && options.positionals.length === 0) {
    output.print(serverStart.headline);
    return 1;
  }
  const wanted = options.value('broker');
  if (wanted !== undefined) return startOne(wanted, context);
  const interrupt = listenForInterrupt();
  outliveTerminal(output);
  const given = brokerOptions(context);
  await checkExposure(given, context);
  // Help, and a daemon's parent, go without the broker's code.
  const { startBroker } = await import('../../broker/start.ts');
  const broker = await startBroker({ ...given, logger: brokerLogger(output), logLevel: 'WARN' }).catch((error: Error) =>
    explain(error, env),
  );
  const control = await openControlOf(broker, () => announceBroker(describe(broker, control), env));
  const running = describe(broker, control);
  const withdraw = announceBroker(running, env);
  // The broker goes on when whoever read its lines is gone.
  output.onClosed(() => {});
  if (options.has('json')) output.print(JSON.stringify(brokerData(running)));
  else for (const line of startLines(running, protocolOf(broker), env)) output.print(line);
  const failure = await Promise.race([aborted(interrupt.signal), broker.failed]);
  if (typeof failure === 'string') output.warn(logLine('FATAL', failure, 'kafka.log.LogManager'));
  await broker.close();
  control?.close();
  withdraw();
  if (typeof failure === 'string') return 1;
  return exitStatus(compat, { kafkaExit: interrupt.status });
}

export default withDaemon(command, SERVICES['kafka-server-start']!);

/** @throws Error if everybody would be let in from elsewhere and nobody said that this is meant */
async function checkExposure(given: BrokerOptions, { options, env, compat, output }: Context): Promise<void> {
  const exposed = exposedListeners(configOf(given));
  if (exposed.length === 0) return;
  const { guardExposure } = await import('../../cli/server/exposure.ts');
  guardExposure(exposed, { env, compat, output, insecure: options.has('insecure') });
}

/** Takes commands for one broker of several; `changed` is called after each. */
async function openControlOf(broker: Broker, changed: () => void): Promise<ControlChannel | undefined> {
  if (broker.nodes.length === 1) return undefined;
  return openControl(async ({ command, nodeId }) => {
    const node = broker.nodes.find((one) => one.nodeId === nodeId);
    if (!node) throw new Error(`There is no broker ${nodeId} here`);
    await (command === 'stop' ? node.stop() : node.start());
    changed();
  });
}

function describe(broker: Broker, control: ControlChannel | undefined): RunningBroker {
  const { nodeId, address, port, dataDir = null, clusterId, nodes } = broker;
  const processRoles = broker.services.config.given.get('process.roles');
  const running = { pid: process.pid, nodeId, processRoles, address, port, dataDir, clusterId };
  if (control === undefined) return running;
  return {
    ...running,
    nodes: nodes.map((node) => ({
      nodeId: node.nodeId,
      address: node.address,
      port: node.port,
      running: node.isRunning,
    })),
    control: control.path,
  };
}

/** Of the listener whose address is told. */
const protocolOf = ({ services: { config } }: Broker): string =>
  config.listeners.find(({ controller }) => !controller)?.protocol ?? 'PLAINTEXT';

/** Options that say which process is meant. */
const SELECTING = ['broker', 'port', 'data-dir', 'json'];

/** Starts a broker again that was stopped. @throws Error if there is no such broker */
async function startOne(nodeId: number, { options, env }: Context): Promise<Report> {
  const other = options.occurrences.find(({ name }) => !SELECTING.includes(name))?.name ?? options.positionals[0];
  if (other !== undefined)
    throw new Error(`--broker starts a broker of a process that runs: ${other} cannot be said with it`);
  const dataDir = options.value('data-dir');
  const filter = { port: options.value('port'), dataDir: dataDir === undefined ? undefined : resolve(dataDir) };
  const found = findBroker(nodeId, filter, env);
  if (found.node.running) throw new Error(`Broker ${nodeId} on ${found.node.address} is running already`);
  await controlBroker(found, 'start');
  return {
    data: { ...found.node, running: true },
    text: `Started broker ${nodeId} on ${found.node.address} (process ${found.process.pid})\n`,
  };
}

/** @throws Error that says what is wrong with the command line or the properties file */
function brokerOptions({ options, env }: Context): BrokerOptions {
  const [file, ...more] = options.positionals;
  if (more.length > 0) throw new Error(`Found non argument parameters: ${more.join(',')}`);
  const properties = file === undefined ? new Map<string, string>() : readProperties(file);
  const port = options.value('port');
  const host = options.value('host');
  const dataDir = options.value('data-dir');
  const brokers = options.value('brokers');
  const named = properties.has('log.dirs') || properties.has('log.dir');
  const directory = dataDir !== undefined ? resolve(dataDir) : named ? undefined : defaultDataDir(env);
  return {
    properties,
    overrides: parseKeyValues(options.values('override')),
    ephemeral: options.has('ephemeral'),
    ...(file === undefined ? {} : { propertiesFile: file }),
    ...(env.KTOOL_CLUSTER_ID ? { clusterId: env.KTOOL_CLUSTER_ID } : {}),
    ...(brokers === undefined ? {} : { brokers }),
    ...(port === undefined ? {} : { port }),
    ...(host === undefined ? {} : { host }),
    ...(directory === undefined ? {} : { dataDir: directory }),
  };
}

/**
 * A terminal that is closed ends the broker it shows, in order, as it ends Kafka's. With its output elsewhere (nohup, a
 * service) the broker goes on: Node does not inherit that a signal is ignored.
 */
function outliveTerminal(output: Output): void {
  process.on('SIGHUP', () => {
    if (output.isTerminal) process.kill(process.pid, 'SIGTERM');
  });
}

/** Says what can be done about a data directory or a port that another program has. */
function explain(error: Error, env: NodeJS.ProcessEnv): never {
  const { code, port } = (error.cause ?? {}) as NodeJS.ErrnoException & { readonly port?: number };
  const [holder] = code === 'EADDRINUSE' ? runningBrokers(env, { port }) : [];
  if (holder !== undefined)
    throw new Error(
      `${error.message}\nA broker of yours (process ${holder.pid}) listens there; to stop it: ${stopCommand(holder, env)}`,
      { cause: error },
    );
  const { code: reason, path } = error as NodeJS.ErrnoException;
  if (reason === 'EACCES' || reason === 'EROFS' || reason === 'ENOTDIR')
    throw new Error(`Cannot use the data directory ${path}: ${error.message}. Choose another with --data-dir.`, {
      cause: error,
    });
  if ((error as NodeJS.ErrnoException).code === 'EEXIST')
    throw new Error(`${error.message}: that is no directory. Choose another with --data-dir.`, { cause: error });
  if (!error.message.startsWith('Failed to acquire lock')) throw error;
  throw new Error(`${error.message} Stop that one, or choose another directory with --data-dir.`, { cause: error });
}

function readProperties(file: string): Map<string, string> {
  let content: string;
  try {
    content = readFileSync(file, 'utf8');
  } catch (error) {
    throw new Error(`Cannot read the properties file ${file}: ${error instanceof Error ? error.message : error}`);
  }
  return parseProperties(content);
}

/** What the broker has to say, as Kafka's log has it. */
function brokerLogger(output: Output, name = 'kafka.server.KafkaRaftServer'): Logger {
  return {
    error: (message, cause) => output.warn(logLine('ERROR', withCause(message, cause), name)),
    warn: (message) => output.warn(logLine('WARN', message, name)),
    info: (message) => output.warn(logLine('INFO', message, name)),
    debug: (message) => output.warn(logLine('DEBUG', message, name)),
    named: (part) => brokerLogger(output, part),
  };
}

/** Its lines begin with blanks: what clients sent may be in the text, and must not look like a line of the log. */
function withCause(message: string, cause: unknown): string {
  if (cause === undefined) return message;
  const text = cause instanceof Error ? (cause.stack ?? cause.message) : String(cause);
  return `${message}: ${text.split('\n').map(oneLine).join('\n    ')}`;
}

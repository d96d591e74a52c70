import { logLine } from '../log-lines.ts';
import { programName } from './program-name.ts';
import { nodesOf, type RunningBroker, type RunningNode } from './running-brokers.ts';

/** Kafka's log line that scripts wait for; under Kafka's names with what its log has around it, which they look for too. */
function startedLine(nodeId: number, env: NodeJS.ProcessEnv): string {
  const text = `[KafkaRaftServer nodeId=${nodeId}] Kafka Server started`;
  return inFolder(env) ? logLine('INFO', text, 'kafka.server.KafkaRaftServer') : text;
}

/** Whether this is typed in a folder of `ktool dist init`, where the scripts are what there is. */
const inFolder = (env: NodeJS.ProcessEnv): boolean => Boolean(env.KTOOL_SCRIPT);

/** What stops a broker, as it is typed here. */
export function stopCommand({ port }: Pick<RunningNode, 'port'>, env: NodeJS.ProcessEnv): string {
  if (inFolder(env)) return 'bin/kafka-server-stop.sh';
  return `${programName(env)} server stop${port === DEFAULT_PORT ? '' : ` --port ${port}`}`;
}

const DEFAULT_PORT = 9092;

/**
 * What a person reads when the broker serves.
 * @param protocol of the listener at the address, as security.protocol has it
 */
export function startLines(broker: RunningBroker, protocol: string, env: NodeJS.ProcessEnv): string[] {
  const ktool = programName(env);
  const away = broker.port !== DEFAULT_PORT;
  const selector = away ? ` --port ${broker.port}` : '';
  const bootstrap = away || inFolder(env) ? ` --bootstrap-server ${broker.address}` : '';
  const isPlain = protocol === 'PLAINTEXT';
  const client = isPlain ? bootstrap : `${bootstrap} --command-config client.properties`;
  const script = (name: string) => (inFolder(env) ? `bin/kafka-${name}.sh` : `${ktool} ${name}`);
  const nodes = nodesOf(broker);
  const [first, ...others] = nodes.map(
    ({ nodeId, address }) => `${address}${nodes.length > 1 ? `  (broker ${nodeId})` : ''}`,
  );
  return [
    ...nodes.map(({ nodeId }) => startedLine(nodeId, env)),
    '',
    `  Address   ${first}`,
    ...others.map((address) => `            ${address}`),
    `  Data      ${broker.dataDir ?? 'in memory, gone when the broker stops'}`,
    `  Cluster   ${broker.clusterId}`,
    `  Stop      Ctrl-C, or: ${stopCommand(broker, env)}`,
    ...(nodes.length > 1 ? severalBrokers(nodes, selector, env) : []),
    `  Next      ${script('topics')}${client} --create --topic orders`,
    `            ${script('console-producer')}${client} --topic orders`,
    `            ${script('console-consumer')}${client} --topic orders --from-beginning`,
    ...(isPlain
      ? []
      : [`  Clients   need settings, here in client.properties: security.protocol=${protocol} and what goes with it`]),
    '',
  ];
}

function severalBrokers(nodes: readonly RunningNode[], selector: string, env: NodeJS.ProcessEnv): string[] {
  const last = nodes.at(-1)?.nodeId;
  const server = `${programName(env)} server`;
  const [stop, start] = inFolder(env)
    ? [`bin/kafka-server-stop.sh --node-id=${last}`, `bin/kafka-server-start.sh --broker ${last}${selector}`]
    : [`${server} stop --broker ${last}${selector}`, `${server} start --broker ${last}${selector}`];
  return [
    `  One only  ${stop}, then: ${start}`,
    '  Note      The brokers are for testing clients, not for durability: one process, one disk, one copy of the data',
  ];
}

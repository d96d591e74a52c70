// The configurations of the brokers of one process: those of the first, with ids and ports that follow one another.
import { type BrokerOptions, configOf } from './broker-options.ts';
import { type BrokerConfig, parseBrokerConfig } from './config/broker-config.ts';
import { ConfigError } from './config/config-error.ts';
import { splitList } from './config/values.ts';

/** A bound on what one process opens at once. */
const MOST_BROKERS = 100;

/**
 * One configuration for each broker.
 * @throws ConfigError on a bad value, ports that do not fit, a number of brokers that makes no sense
 */
export function nodeConfigs(options: BrokerOptions): BrokerConfig[] {
  const { brokers = 1 } = options;
  if (!Number.isInteger(brokers) || brokers < 1 || brokers > MOST_BROKERS)
    throw new ConfigError(`The number of brokers is ${brokers}, and must be one from 1 to ${MOST_BROKERS}`);
  const first = configOf(options);
  const further = Array.from({ length: brokers - 1 }, (_, at) => configOfNode(first, at + 1));
  return [first, ...further];
}

function configOfNode(first: BrokerConfig, at: number): BrokerConfig {
  const { given } = first;
  const nodeId = String(first.nodeId + at);
  const stride = portStride(first);
  const changed = new Map([
    ['node.id', nodeId],
    ['broker.id', nodeId],
  ]);
  for (const key of ['listeners', 'advertised.listeners']) {
    const value = given.get(key);
    if (value)
      changed.set(
        key,
        splitList(value)
          .map((entry) => withPort(entry, at * stride))
          .join(','),
      );
  }
  // The voters that a file names are those of its own cluster; here the brokers of the process are the voters.
  const values = new Map([...given].filter(([key]) => key !== 'controller.quorum.voters'));
  return { ...parseBrokerConfig(values, changed), notes: [] };
}

/** The ports of a broker lie side by side, and those of the next one behind them. */
function portStride({ listeners }: BrokerConfig): number {
  const ports = listeners.map(({ port }) => port).filter((port) => port !== 0);
  return ports.length === 0 ? 1 : Math.max(...ports) - Math.min(...ports) + 1;
}

function withPort(entry: string, add: number): string {
  const colon = entry.lastIndexOf(':');
  const port = Number(entry.slice(colon + 1));
  return port === 0 ? entry : `${entry.slice(0, colon + 1)}${port + add}`;
}

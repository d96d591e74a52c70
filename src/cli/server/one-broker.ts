// Stopping and starting one broker of a process that has several.
import { type ControlCommand, sendCommand } from './control.ts';
import { type BrokerFilter, nodesOf, type RunningBroker, type RunningNode, runningBrokers } from './running-brokers.ts';

export interface OneBroker {
  readonly process: RunningBroker;
  readonly node: RunningNode;
}

/**
 * The broker with this id, of the processes that fit.
 * @throws Error if there is none or more than one
 */
export function findBroker(nodeId: number, filter: BrokerFilter, env: NodeJS.ProcessEnv): OneBroker {
  const found = runningBrokers(env, { ...filter, nodeId }).map((process) => ({
    process,
    node: nodesOf(process).find((node) => node.nodeId === nodeId)!,
  }));
  const [first, ...others] = found;
  if (!first)
    throw new Error(`No process that you started on this machine has a broker ${nodeId}: see ktool server status`);
  if (others.length === 0) return first;
  const addresses = found.map(({ node }) => node.address).join(', ');
  throw new Error(
    `Several processes have a broker ${nodeId} (${addresses}): say with --port or --data-dir which is meant`,
  );
}

/** Has its process stop or start it. @throws Error if that fails, or the broker is the only one of its process */
export async function controlBroker({ process, node }: OneBroker, command: ControlCommand['command']): Promise<void> {
  if (process.control === undefined)
    throw new Error(
      `Broker ${node.nodeId} is the only one of its process (${process.pid}): there is no other to go on without it`,
    );
  await sendCommand(process.control, { command, nodeId: node.nodeId });
}

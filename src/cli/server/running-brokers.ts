// The brokers that a user has running, for `server stop` and `server status`.
import { announce, type Running, running } from './running.ts';

/** One of several brokers of a process. */
export interface RunningNode {
  readonly nodeId: number;
  readonly address: string;
  readonly port: number;
  /** False between its stop and its next start. */
  readonly running: boolean;
}

/** A process; what is said of the broker is said of its first. */
export interface RunningBroker extends Running {
  readonly nodeId: number;
  /** process.roles as its settings have them; undefined where they have none. */
  readonly processRoles?: string | undefined;
  /** Host and port that clients are told. */
  readonly address: string;
  readonly port: number;
  /** null for one that keeps everything in memory. */
  readonly dataDir: string | null;
  readonly clusterId: string;
  /** All brokers of a process that has several. */
  readonly nodes?: readonly RunningNode[];
  /** Where such a process takes commands, see control.ts. */
  readonly control?: string;
}

export interface BrokerFilter {
  readonly port?: number | undefined;
  readonly dataDir?: string | undefined;
  readonly nodeId?: number | undefined;
  readonly processRole?: string | undefined;
}

/** Notes that this process serves, anew when something has changed; returns a function that takes the note away. */
export const announceBroker = (broker: RunningBroker, env: NodeJS.ProcessEnv): (() => void) =>
  announce('broker', broker, env);

/** A broker without the setting has both, as there is but one process. */
const BOTH_ROLES = 'broker,controller';

/** The brokers that run and fit, by port. */
export function runningBrokers(env: NodeJS.ProcessEnv, filter: BrokerFilter = {}): RunningBroker[] {
  const { port, dataDir, nodeId, processRole } = filter;
  return running<RunningBroker>('broker', env)
    .filter((entry) => port === undefined || nodesOf(entry).some((node) => node.port === port))
    .filter((entry) => dataDir === undefined || entry.dataDir === dataDir)
    .filter((entry) => nodeId === undefined || nodesOf(entry).some((node) => node.nodeId === nodeId))
    .filter((entry) => processRole === undefined || (entry.processRoles ?? BOTH_ROLES) === processRole)
    .sort((a, b) => a.port - b.port);
}

/** The brokers of a process. */
export function nodesOf({ nodeId, address, port, nodes }: RunningBroker): readonly RunningNode[] {
  return nodes ?? [{ nodeId, address, port, running: true }];
}

/** A process as documents show it. */
export const brokerData = ({ pid, nodeId, processRoles, address, port, dataDir, clusterId, nodes }: RunningBroker) => ({
  ...{ pid, nodeId, processRoles: processRoles ?? null, address, port, dataDir, clusterId },
  ...(nodes && { nodes }),
});

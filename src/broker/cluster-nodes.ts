// The brokers of the cluster as clients are told of them.

import type { BrokerImage } from './metadata/image.ts';
import type { ConnectionInfo } from './network/connection-info.ts';
import type { Services } from './services.ts';

export interface ClusterNode {
  readonly nodeId: number;
  readonly host: string;
  readonly port: number;
  readonly rack: string | null;
}

type Connection = Pick<ConnectionInfo, 'listenerName' | 'localAddress' | 'localPort'>;

/** The brokers that are registered and not fenced, by id; brokers of other processes, which a copied log may tell of, are none. */
export function liveNodes(services: Services, connection: Connection): ClusterNode[] {
  return byId(services)
    .filter(({ fenced }) => !fenced)
    .flatMap(({ id }) => nodeOf(services, id, connection) ?? []);
}

/** The registered brokers of this process that are fenced, at the addresses that they registered. */
export function fencedNodes({ metadata, peers }: Services, { listenerName }: Connection): ClusterNode[] {
  const fenced = byId({ metadata }).filter((broker) => broker.fenced && peers.nodeIds.includes(broker.id));
  return fenced.map(({ id: nodeId, rack, endPoints }) => {
    const { host = '', port = -1 } = endPoints.find(({ name }) => name === listenerName) ?? endPoints[0] ?? {};
    return { nodeId, host, port, rack };
  });
}

/** Where a client of `connection` finds a broker; undefined if it does not run. */
export function nodeOf(services: Services, nodeId: number, connection: Connection): ClusterNode | undefined {
  const peer = services.peers.running(nodeId);
  if (peer === undefined) return undefined;
  const { host, port } = peer.endpointFor(connection);
  return { nodeId, host, port, rack: peer.config.rack };
}

function byId({ metadata }: Pick<Services, 'metadata'>): BrokerImage[] {
  return [...metadata.brokers.values()].sort((a, b) => a.id - b.id);
}

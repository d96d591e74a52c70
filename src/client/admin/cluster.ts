import { ErrorCode, KafkaError } from '../../protocol/errors.ts';
import { DescribeCluster } from '../../protocol/messages/describe-cluster.ts';
import { Metadata } from '../../protocol/messages/metadata.ts';
import { UnregisterBroker } from '../../protocol/messages/unregister-broker.ts';
import type { Broker } from '../broker-link.ts';
import type { Cluster } from '../cluster.ts';
import { asKafkaError, refuseIfError } from '../errors.ts';
import { ENDPOINT_TYPE } from '../metadata-cache.ts';
import type { CallOptions, ClusterDescription, NodeApiVersions } from './types.ts';

/** @see Admin.describeCluster */
export function describeCluster(
  cluster: Cluster,
  { timeoutMs, includeFencedBrokers = false }: CallOptions & { readonly includeFencedBrokers?: boolean } = {},
): Promise<ClusterDescription> {
  return cluster.call(
    'describeCluster',
    'any',
    async (broker) => {
      if (!broker.versions.has(DescribeCluster)) return describeByMetadata(broker);
      const endpointType = cluster.toControllers ? ENDPOINT_TYPE.CONTROLLER : ENDPOINT_TYPE.BROKER;
      const request = { includeClusterAuthorizedOperations: false, endpointType, includeFencedBrokers };
      const response = await broker.send(DescribeCluster, request);
      refuseIfError(response.errorCode, response.errorMessage);
      const nodes = response.brokers.map(({ brokerId, host, port, rack, isFenced }) => ({
        id: brokerId,
        host,
        port,
        rack,
        isFenced,
      }));
      const { clusterId, controllerId } = response;
      return { clusterId, controllerId, nodes: nodes.sort((a, b) => a.id - b.id) };
    },
    timeoutMs,
  );
}

async function describeByMetadata(broker: Broker): Promise<ClusterDescription> {
  const { clusterId, controllerId, brokers } = await broker.send(Metadata, { topics: [] });
  const nodes = brokers.map(({ nodeId, host, port, rack }) => ({ id: nodeId, host, port, rack, isFenced: false }));
  return { clusterId, controllerId, nodes: nodes.sort((a, b) => a.id - b.id) };
}

/** @see Admin.apiVersions */
export async function listApiVersions(cluster: Cluster, { timeoutMs }: CallOptions = {}): Promise<NodeApiVersions[]> {
  await cluster.metadata.refresh([], false, timeoutMs);
  return Promise.all(
    cluster.metadata.nodes.map(async (node) => {
      const apis = cluster.call(
        'apiVersions',
        { broker: node.id },
        async (broker) => broker.versions.response.apiKeys,
        timeoutMs,
      );
      return { node, apis: await apis.catch(asKafkaError) };
    }),
  );
}

/** @see Admin.unregisterBroker */
export function unregisterBroker(cluster: Cluster, brokerId: number, { timeoutMs }: CallOptions = {}): Promise<void> {
  return cluster.call(
    'unregisterBroker',
    'any',
    async (broker) => {
      const response = await broker.send(UnregisterBroker, { brokerId });
      if (response.errorCode === ErrorCode.REQUEST_TIMED_OUT) throw new KafkaError(response.errorCode);
      refuseIfError(response.errorCode, response.errorMessage);
    },
    timeoutMs,
  );
}

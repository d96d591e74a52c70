import type { Admin, ClusterNode } from '../../client/admin.ts';
import { ErrorCode, KafkaError } from '../../protocol/errors.ts';
import type { Report } from '../report.ts';

export interface EndpointsToList {
  /** Whether controllers answered, not brokers. */
  readonly controllers: boolean;
  readonly includeFenced: boolean;
}

/**
 * `cluster list-endpoints`: a table whose columns grow with host and rack (ClusterTool.listEndpoints).
 * Data: [{ id, host, port, rack, state?, type }]; state is told of brokers only.
 */
export async function listEndpoints(
  admin: Pick<Admin, 'describeCluster'>,
  { controllers, includeFenced }: EndpointsToList,
): Promise<Report> {
  const described = await admin.describeCluster({ includeFencedBrokers: includeFenced }).catch((error: unknown) => {
    if (!(error instanceof KafkaError && error.code === ErrorCode.UNSUPPORTED_VERSION)) throw error;
    return error;
  });
  // Kafka's script prints the message and ends well.
  if (described instanceof KafkaError) return { data: [], text: `${described.message}\n`, failed: true, kafkaExit: 0 };
  const { nodes } = described;
  const type = controllers ? 'controller' : 'broker';
  const hostWidth = Math.max(9, ...nodes.map(({ host }) => host.length));
  const rackWidth = Math.max(10, ...nodes.map(({ rack }) => rack?.length ?? 0));
  const line = ([id, host, port, rack, state, kind]: readonly string[]): string => {
    const shown = controllers ? [] : [state!.padEnd(10)];
    const cells = [id!.padEnd(10), host!.padEnd(hostWidth), port!.padEnd(10), rack!.padEnd(rackWidth), ...shown];
    return `${[...cells, kind!.padEnd(15)].join(' ')}\n`;
  };
  const row = (node: ClusterNode) => [
    String(node.id),
    node.host,
    String(node.port),
    String(node.rack),
    stateOf(node),
    type,
  ];
  return {
    data: nodes.map((node) => ({
      id: node.id,
      host: node.host,
      port: node.port,
      rack: node.rack,
      ...(!controllers && { state: stateOf(node) }),
      type,
    })),
    text: [['ID', 'HOST', 'PORT', 'RACK', 'STATE', 'ENDPOINT_TYPE'], ...nodes.map(row)].map(line).join(''),
    table: {
      columns: ['ID', 'Host', 'Port', 'Rack', ...(controllers ? [] : ['State']), 'Type'],
      rows: nodes.map((node) => [
        node.id,
        node.host,
        node.port,
        node.rack ?? '',
        ...(controllers ? [] : [stateOf(node)]),
        type,
      ]),
    },
  };
}

const stateOf = ({ isFenced }: ClusterNode): string => (isFenced ? 'fenced' : 'unfenced');

import { ownCommand } from '../../cli/own-command.ts';
import { isForPrograms } from '../../cli/print.ts';
import { filterOf } from '../../cli/server/filter.ts';
import { serverStatus } from '../../cli/server/options.ts';
import {
  brokerData,
  nodesOf,
  type RunningBroker,
  type RunningNode,
  runningBrokers,
} from '../../cli/server/running-brokers.ts';

export default ownCommand(serverStatus, async ({ options, env, format, output }) => {
  const brokers = runningBrokers(env, filterOf(options));
  if (brokers.length === 0 && !isForPrograms(format)) {
    output.print('No kafka server is running');
    return 1;
  }
  const several = brokers.some(({ nodes }) => nodes !== undefined);
  return {
    data: brokers.map(brokerData),
    text: brokers.flatMap((broker) => nodesOf(broker).map((node) => line(node, broker))).join(''),
    table: {
      columns: ['NODE', 'ADDRESS', 'PROCESS', 'DATA', 'CLUSTER', ...(several ? ['STATE'] : [])],
      rows: brokers.flatMap((broker) =>
        nodesOf(broker).map(({ nodeId, address, running }) => [
          nodeId,
          address,
          broker.pid,
          broker.dataDir ?? 'in memory',
          broker.clusterId,
          ...(several ? [running ? 'running' : 'stopped'] : []),
        ]),
      ),
    },
    failed: brokers.length === 0,
  };
});

const line = ({ nodeId, address, running }: RunningNode, { pid, dataDir, clusterId }: RunningBroker): string =>
  `Broker ${nodeId} ${running ? 'serves' : 'is stopped'} on ${address} (process ${pid}, data ${dataDir ?? 'in memory'}, cluster ${clusterId})\n`;

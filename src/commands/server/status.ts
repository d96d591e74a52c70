import { ownCommand } from '../../cli/own-command.ts';
import { formatFor, printReport } from '../../cli/print.ts';
import { filterOf } from '../../cli/server/filter.ts';
import { serverStatus } from '../../cli/server/options.ts';
import { nodesOf, type RunningBroker, type RunningNode, runningBrokers } from '../../cli/server/running-brokers.ts';

export default ownCommand(serverStatus, async ({ options, env, compat, output }) => {
  const brokers = runningBrokers(env, filterOf(options));
  const format = formatFor(output, { json: options.has('json'), tables: compat.tables });
  if (brokers.length === 0 && format !== 'json') {
    output.print('No kafka server is running');
    return 1;
  }
  const several = brokers.some(({ nodes }) => nodes !== undefined);
  await printReport(
    {
      data: brokers.map(({ control: _, ...broker }) => broker),
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
    },
    format,
    output,
  );
  return brokers.length > 0 ? 0 : 1;
});

const line = ({ nodeId, address, running }: RunningNode, { pid, dataDir, clusterId }: RunningBroker): string =>
  `Broker ${nodeId} ${running ? 'serves' : 'is stopped'} on ${address} (process ${pid}, data ${dataDir ?? 'in memory'}, cluster ${clusterId})\n`;

import { formatFor, printReport } from '../../cli/print.ts';
import { filterOf } from '../../cli/server/filter.ts';
import { serverStatus } from '../../cli/server/options.ts';
import { type RunningBroker, runningBrokers } from '../../cli/server/running-brokers.ts';
import { serverCommand } from '../../cli/server/server-command.ts';

export default serverCommand(serverStatus, async ({ options, env, compat, output }) => {
  const brokers = runningBrokers(env, filterOf(options));
  const format = formatFor(output, { json: options.has('json'), tables: compat.tables });
  if (brokers.length === 0 && format !== 'json') {
    output.print('No kafka server is running');
    return 1;
  }
  await printReport(
    {
      data: brokers,
      text: brokers.map(line).join(''),
      table: {
        columns: ['NODE', 'ADDRESS', 'PROCESS', 'DATA', 'CLUSTER'],
        rows: brokers.map(({ nodeId, address, pid, dataDir, clusterId }) => [
          nodeId,
          address,
          pid,
          dataDir ?? 'in memory',
          clusterId,
        ]),
      },
    },
    format,
    output,
  );
  return brokers.length > 0 ? 0 : 1;
});

const line = ({ nodeId, address, pid, dataDir, clusterId }: RunningBroker): string =>
  `Broker ${nodeId} serves on ${address} (process ${pid}, data ${dataDir ?? 'in memory'}, cluster ${clusterId})\n`;

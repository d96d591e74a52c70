import type { Listener } from '../checks.ts';
import type { ParsedOptions } from '../parsed.ts';
import { argparseScript, type OptionsOf } from '../script.ts';
import { flag, int, text } from '../table.ts';
import { bootstrapController, bootstrapServer, commandConfig, DEPRECATED, general } from './common.ts';

const connection = {
  config: text('FILE', 'Properties file with client settings', {
    group: DEPRECATED,
    deprecated: 'command-config',
    suggest: 'files',
  }),
  'command-config': { ...commandConfig, short: 'c' },
  'bootstrap-server': { ...bootstrapServer, short: 'b' },
  'bootstrap-controller': { ...bootstrapController, short: 'C' },
  json: general.json,
};
const oneAddress = [{ options: ['bootstrap-server', 'bootstrap-controller'], required: true }];

export const cluster = argparseScript({
  name: 'cluster',
  kafkaName: 'kafka-cluster',
  about: "Show a cluster's id and endpoints, unregister a broker",
  helpExit: 1,
  examples: [
    { about: 'The id of the cluster', command: 'cluster cluster-id' },
    { about: 'Where its brokers listen', command: 'cluster list-endpoints' },
    { about: 'Where its controllers listen', command: 'cluster list-endpoints --bootstrap-controller localhost:9093' },
    { about: 'Forget a broker that will not come back', command: 'cluster unregister --id 3' },
  ],
  level: {
    about: "Show a cluster's id and endpoints, unregister a broker",
    options: {},
    commands: {
      'cluster-id': { about: 'Show the id of the cluster', options: connection, exclusive: oneAddress },
      unregister: {
        about: 'Take a broker off the list of the cluster',
        options: { ...connection, id: int('ID', 'The broker', { short: 'i', required: true }) },
        exclusive: oneAddress,
      },
      'list-endpoints': {
        about: 'Show where brokers or controllers listen',
        options: { ...connection, 'include-fenced-brokers': flag('Show brokers that are fenced off as well') },
        exclusive: oneAddress,
      },
    },
  },
});

export type ClusterOptions = ParsedOptions<OptionsOf<typeof cluster>>;

/**
 * The settings file of kafka-cluster, under its new name or its old one, which `notice` hears of. Throws an Error with Kafka's
 * text when both are given.
 */
export function clusterConfigFile(options: ClusterOptions, { notice }: Pick<Listener, 'notice'>): string | undefined {
  if (!options.has('config')) return options.value('command-config');
  if (options.has('command-config')) throw new Error('--config and --command-config cannot be specified together.');
  notice('Option --config has been deprecated and will be removed in a future version. Use --command-config instead.');
  return options.value('config');
}

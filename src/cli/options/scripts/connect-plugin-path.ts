import { ArgparseError } from '../argparse-error.ts';
import type { ParsedOptions } from '../parsed.ts';
import { argparseScript, type OptionsOf } from '../script.ts';
import { flag, text } from '../table.ts';
import { general } from './common.ts';

const group = 'Where plugins are';
const collected = { group, repeatable: true, append: true, suggest: 'files' } as const;
const providers = {
  'plugin-location': text('FILE', 'One plugin: a jar, or a folder of jars or class files', collected),
  'plugin-path': text('FOLDER,…', 'Folders whose entries are plugins', collected),
  'worker-config': text('FILE', 'A properties file of a Connect worker, for its plugin.path', collected),
  json: general.json,
};

export const connectPluginPath = argparseScript({
  name: 'connect-plugin-path',
  kafkaName: 'connect-plugin-path',
  about: 'Look for plugins of Kafka Connect, as far as that goes without Java',
  helpExit: 1,
  examples: [
    { about: 'What a worker would find', command: 'connect-plugin-path list --worker-config worker.properties' },
    { about: 'Only to see', command: 'connect-plugin-path sync-manifests --plugin-path plugins --dry-run' },
  ],
  level: {
    about: 'Look for plugins of Kafka Connect; ktool has no JVM to look into what it finds',
    options: {},
    commands: {
      list: { about: 'List the plugins of the places named', options: providers },
      'sync-manifests': {
        about: 'Say that no manifests are missing, where there is nothing that could need them',
        options: {
          ...providers,
          'dry-run': flag('Only show what would be done'),
          'keep-not-found': flag('Leave manifests of plugins that are not there'),
        },
      },
    },
  },
});

export type ConnectPluginPathOptions = ParsedOptions<OptionsOf<typeof connectPluginPath>>;

/** Where the command line says that plugins are. @throws ArgparseError if it does not say */
export function pluginPlaces(options: ConnectPluginPathOptions) {
  const places = {
    locations: options.values('plugin-location'),
    paths: options.values('plugin-path'),
    workerConfigs: options.values('worker-config'),
  };
  if (Object.values(places).every((each) => each.length === 0))
    throw new ArgparseError('Must specify at least one --plugin-location, --plugin-path, or --worker-config', []);
  return places;
}

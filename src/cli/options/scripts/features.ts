import { ArgparseError } from '../argparse-error.ts';
import type { ParsedOptions } from '../parsed.ts';
import { argparseScript, type OptionsOf } from '../script.ts';
import { flag, int, text } from '../table.ts';
import { bootstrapController, bootstrapServer, commandConfig, DEPRECATED, general } from './common.ts';

/** Before the sub-command or behind it. */
const own = { json: general.json };
const feature = text('NAME=LEVEL', 'A feature and its level', { repeatable: true, append: true });
const release = text('VERSION', 'All features as a release has them: 4.2, 4.2-IV1', {});
const dryRun = flag('Only show what would be done');
const unsafe = flag('Even if metadata is lost by it');
const metadata = text('VERSION', 'The version of the metadata', { group: DEPRECATED, deprecated: 'release-version' });

export const features = argparseScript({
  name: 'features',
  kafkaName: 'kafka-features',
  about: 'Show and change the levels of the features of a cluster',
  helpExit: 0,
  parseErrors: 'line',
  examples: [
    { about: 'What is supported, and at which level it is', command: 'features describe' },
    { about: 'Raise one', command: 'features upgrade --feature streams.version=1' },
    { about: 'Everything as in a release, only to see', command: 'features upgrade --release-version 4.3 --dry-run' },
    { about: 'What a release begins with', command: 'features version-mapping --release-version 4.0' },
  ],
  level: {
    about: 'Show and change the levels of the features of a cluster',
    options: {
      'bootstrap-server': bootstrapServer,
      'bootstrap-controller': bootstrapController,
      'command-config': commandConfig,
      ...own,
    },
    exclusive: [{ options: ['bootstrap-server', 'bootstrap-controller'] }],
    commands: {
      describe: {
        about: 'Show which levels are supported and finalized',
        options: { ...own, 'node-id': int('ID', 'Ask this node, not any') },
      },
      upgrade: {
        about: 'Raise levels',
        options: { ...own, metadata, 'release-version': release, feature, 'dry-run': dryRun },
      },
      downgrade: {
        about: 'Lower levels',
        options: { ...own, metadata, 'release-version': release, feature, unsafe, 'dry-run': dryRun },
      },
      disable: {
        about: 'Lower levels to 0',
        options: {
          ...own,
          feature: text('NAME', 'A feature', { repeatable: true, append: true }),
          unsafe,
          'dry-run': dryRun,
        },
      },
      'version-mapping': {
        about: 'Show the levels that a release begins with; needs no cluster',
        options: { ...own, 'release-version': release },
      },
      'feature-dependencies': {
        about: 'Show what levels of features need; needs no cluster',
        options: { ...own, feature: { ...feature, required: true } },
      },
    },
  },
});

export type FeaturesOptions = ParsedOptions<OptionsOf<typeof features>>;

/** Reads `feature=level`. @throws Error with Kafka's text */
export function parseFeatureLevel(input: string): { name: string; level: number } {
  const equals = input.indexOf('=');
  if (equals < 0) throw new Error(`Can't parse feature=level string ${input}: equals sign not found.`);
  const name = input.slice(0, equals).trim();
  const text = input.slice(equals + 1).trim();
  const level = /^[+-]?\d{1,10}$/.test(text) ? Number(text) : Number.NaN;
  if (!(level >= -(2 ** 15) && level < 2 ** 15))
    throw new Error(`Can't parse feature=level string ${input}: unable to parse ${text} as a short.`);
  return { name, level };
}

/** Where the cluster is. @throws ArgparseError if the command line does not say */
export function featuresConnection(options: FeaturesOptions) {
  const bootstrapServer = options.value('bootstrap-server');
  const bootstrapController = options.value('bootstrap-controller');
  if (bootstrapServer === undefined && bootstrapController === undefined)
    throw new ArgparseError('You must specify either --bootstrap-controller or --bootstrap-server.', []);
  return { bootstrapServer, bootstrapController, commandConfig: options.value('command-config') };
}

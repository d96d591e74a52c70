import type { ParsedOptions } from '../parsed.ts';
import { argparseScript, type OptionsOf } from '../script.ts';
import { flag, text } from '../table.ts';
import { general } from './common.ts';

const own = { json: general.json };
const config = text('FILE', "The node's server.properties", { short: 'c', required: true, suggest: 'files' });
const release = text('VERSION', 'The levels of a release, as 4.3 or 4.3-IV0, not the latest', { short: 'r' });
const feature = text('NAME=LEVEL', 'A feature and its level', { short: 'f', repeatable: true, append: true });

export const storage = argparseScript({
  name: 'storage',
  kafkaName: 'kafka-storage',
  about: "Format a node's log directories, or show what is in them",
  helpExit: 0,
  fromFilePrefix: '@',
  examples: [
    { about: 'A new id for a cluster', command: 'storage random-uuid' },
    {
      about: 'Format the directories of a single node',
      command: 'storage format --config server.properties --cluster-id 4L6g3nShT-eMCtK--X86sw --standalone',
    },
    { about: 'What the directories are', command: 'storage info --config server.properties' },
  ],
  level: {
    about: "Format a node's log directories, or show what is in them",
    options: { ...own },
    commands: {
      info: { about: 'Show whose the directories are', options: { ...own, config } },
      format: {
        about: 'Make new directories those of a node of a cluster',
        exclusive: [{ options: ['standalone', 'no-initial-controllers', 'initial-controllers'] }],
        options: {
          ...own,
          config,
          'cluster-id': text('ID', 'The id of the cluster', { short: 't', required: true }),
          'add-scram': text('MECHANISM=[…]', "A user to begin with: 'SCRAM-SHA-256=[name=alice,password=secret]'", {
            short: 'S',
            repeatable: true,
            append: true,
          }),
          'ignore-formatted': flag('Leave directories alone that are formatted', { short: 'g' }),
          'release-version': release,
          feature,
          standalone: flag('This controller is the only voter, and others may join', { short: 's' }),
          'no-initial-controllers': flag('The voters are known elsewhere', { short: 'N' }),
          'initial-controllers': text('ID@HOST:PORT:DIRECTORY,…', 'The first voters; the same on all of them', {
            short: 'I',
          }),
        },
      },
      'version-mapping': {
        about: 'Show the levels that a release begins with',
        options: { ...own, 'release-version': release },
      },
      'feature-dependencies': {
        about: 'Show what levels of features need',
        options: { ...own, feature: { ...feature, required: true } },
      },
      'random-uuid': { about: 'Print a new id', options: { ...own } },
    },
  },
});

export type StorageOptions = ParsedOptions<OptionsOf<typeof storage>>;

/** Reads `feature=version` as `feature-dependencies` does. @throws Error with Kafka's text */
export function parseFeatureVersion(input: string): { name: string; level: number } {
  const equals = input.indexOf('=');
  if (equals < 0)
    throw new Error(`Invalid feature format: ${input}. Expected format: 'feature=version' (e.g. 'group.version=1')`);
  const name = input.slice(0, equals);
  const version = input.slice(equals + 1);
  const level = /^[+-]?\d{1,10}$/.test(version) ? Number(version) : Number.NaN;
  if (!(level >= -(2 ** 15) && level < 2 ** 15))
    throw new Error(`Invalid version format: ${version} for feature ${name}`);
  return { name, level };
}

import type { ParsedOptions } from '../parsed.ts';
import { joptScript } from '../script.ts';
import { flag, text } from '../table.ts';
import { bootstrapController, bootstrapServer, commandConfig, general } from './common.ts';

const ACTIONS = 'Actions';
const ENTITY = 'What to configure';
const CHANGES = 'Changes';

export const configs = joptScript({
  name: 'configs',
  kafkaName: 'kafka-configs',
  about: 'Show and change the settings of topics, brokers, groups, clients, users and addresses',
  headline:
    'This tool helps to manipulate and describe entity config for a topic, client, user, broker, ip, client-metrics or group',
  parseErrors: 'message',
  examples: [
    { about: "A topic's own settings", command: 'configs --describe --topic orders' },
    { about: 'All that apply to it, defaults included', command: 'configs --describe --topic orders --all' },
    {
      about: 'Keep its records for a day, compact them as well',
      command: "configs --alter --topic orders --add-config 'retention.ms=86400000,cleanup.policy=[compact,delete]'",
    },
    { about: 'Go back to the default', command: 'configs --alter --topic orders --delete-config retention.ms' },
    { about: 'Change all brokers', command: 'configs --alter --broker-defaults --add-config log.retention.ms=3600000' },
    {
      about: 'Give a user a password',
      command: "configs --alter --user alice --add-config 'SCRAM-SHA-256=[password=secret]'",
    },
  ],
  options: {
    'bootstrap-server': bootstrapServer,
    'bootstrap-controller': bootstrapController,
    'command-config': commandConfig,
    alter: flag('Change settings', { group: ACTIONS }),
    describe: flag('Show settings', { group: ACTIONS }),
    all: flag('With --describe: also settings that come from the broker or are defaults'),
    topic: text('NAME', 'A topic', { group: ENTITY, suggest: 'topics' }),
    broker: text('ID', 'A broker', { group: ENTITY }),
    'broker-defaults': flag('All brokers', { group: ENTITY }),
    'broker-logger': text('ID', 'The log levels of a broker', { group: ENTITY }),
    group: text('NAME', 'A group', { group: ENTITY, suggest: 'groups' }),
    client: text('ID', 'The quotas of a client id', { group: ENTITY }),
    'client-defaults': flag('The quotas of all clients', { group: ENTITY }),
    user: text('NAME', 'The quotas and passwords of a user', { group: ENTITY }),
    'user-defaults': flag('The quotas of all users', { group: ENTITY }),
    ip: text('ADDRESS', 'The quotas of an IP address', { group: ENTITY }),
    'ip-defaults': flag('The quotas of all IP addresses', { group: ENTITY }),
    'client-metrics': text('NAME', 'A subscription to client metrics', { group: ENTITY }),
    'entity-type': text('TYPE', 'The kind, in place of the options above', {
      group: ENTITY,
      repeatable: true,
      suggest: ['topics', 'clients', 'users', 'brokers', 'broker-loggers', 'ips', 'client-metrics', 'groups'],
    }),
    'entity-name': text('NAME', 'The name that goes with --entity-type', { group: ENTITY, repeatable: true }),
    'entity-default': flag('In place of --entity-name: the default of that type', { group: ENTITY, repeatable: true }),
    'add-config': text('KEY=VALUE,…', 'Settings to add or change; brackets hold a value with commas: k=[a,b]', {
      group: CHANGES,
    }),
    'add-config-file': text('FILE', 'A properties file with settings to add or change', {
      group: CHANGES,
      suggest: 'files',
    }),
    'delete-config': text('KEY,…', 'Settings to take away', { group: CHANGES, repeatable: true, separator: ',' }),
    ...general,
  },
});

export type ConfigsOptions = ParsedOptions<typeof configs.options>;

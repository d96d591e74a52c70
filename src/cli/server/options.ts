// The options of `ktool server …`. Kafka's kafka-server-start takes a properties file and --override; the rest is ktool's.

import { joptScript } from '../options/script.ts';
import { general } from '../options/scripts/common.ts';
import { flag, int, text } from '../options/table.ts';

const dataDir = (about: string) => text('DIR', about, { suggest: 'files' });

export const serverStart = joptScript({
  name: 'server start',
  kafkaName: 'kafka-server-start',
  about: 'Start a Kafka broker on this machine',
  headline: 'USAGE: kafka-server-start [-daemon] server.properties [--override property=value]*',
  parseErrors: 'usage',
  positionals: {
    '[server.properties]': text('FILE', "Settings of the broker; every key of Kafka's is accepted", {
      suggest: 'files',
    }),
  },
  options: {
    port: int('PORT', 'Port to serve on (default: 9092); 0 for a free one'),
    host: text('HOST', 'Address to serve on (default: 127.0.0.1, this machine only); 0.0.0.0 for every address'),
    'data-dir': dataDir('Where topics are kept'),
    override: text('KEY=VALUE', 'A setting; wins over the file', { repeatable: true }),
    insecure: flag(
      'Serve other machines although nobody is asked who they are; or KTOOL_INSECURE=1 in the environment',
    ),
    ephemeral: flag('Keep everything in memory; it is gone when the broker stops'),
    brokers: int(
      'N',
      'Start N brokers in one process, to test clients with: they share one disk, nothing is safer for it',
    ),
    broker: int(
      'ID',
      'Instead of starting a process: start this broker again, which was stopped by server stop --broker',
    ),
    ...general,
    json: flag('Print one line of JSON when the broker serves', { group: 'General' }),
  },
  examples: [
    { about: 'A broker on localhost:9092 that keeps its data', command: 'server start' },
    { about: 'A throw-away broker on a free port', command: 'server start --ephemeral --port 0 --json' },
    {
      about: 'A cluster of three on ports 9092 to 9094, to see how a client takes the loss of a broker',
      command: 'server start --brokers 3 --ephemeral',
    },
    { about: 'One of them again, after server stop --broker 2', command: 'server start --broker 2' },
    {
      about: 'With settings of your own',
      command: 'server start config/server.properties --override num.partitions=3',
    },
  ],
});

const which = {
  port: int('PORT', 'The broker on this port'),
  'data-dir': dataDir('The broker on this data directory'),
  'node-id': int('ID', 'The broker with this node.id'),
};

const processRole = text('ROLES', 'The broker with these process.roles, written as in its settings');

export const serverStop = joptScript({
  name: 'server stop',
  kafkaName: 'kafka-server-stop',
  about: 'Stop the brokers that you started on this machine, and wait until they have stopped',
  headline: 'USAGE: kafka-server-stop [--process-role=<role>] [--node-id=<id>]',
  parseErrors: 'message',
  options: {
    ...which,
    'process-role': processRole,
    broker: int('ID', 'One broker of a process that has several; the others go on'),
    ...general,
  },
  examples: [
    { about: 'Only the broker on one port', command: 'server stop --port 9093' },
    { about: 'One of three, while the others go on', command: 'server stop --broker 2' },
  ],
});

export const serverStatus = joptScript({
  name: 'server status',
  kafkaName: 'kafka-server-status',
  about: 'Show the brokers that you started on this machine',
  headline: '',
  parseErrors: 'message',
  options: { ...which, ...general },
  examples: [{ about: 'For a script: exit status 0 if a broker runs', command: 'server status --port 9092' }],
});

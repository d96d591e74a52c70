import { flag, text } from '../table.ts';

const CONNECTION = 'Connection';
export const GENERAL = 'General';
export const DEPRECATED = 'Deprecated';

/** What every jopt-simple script has. */
export const general = {
  help: flag('Show this help', { group: GENERAL }),
  version: flag('Show the version of Kafka that ktool follows', { group: GENERAL }),
  json: flag('Print the result as one JSON document', { group: GENERAL, own: true }),
};

export const bootstrapServer = text('HOST:PORT,…', 'Brokers to reach the cluster by; one of them is enough', {
  group: CONNECTION,
});

export const bootstrapController = text('HOST:PORT,…', 'Controllers to talk to, in place of brokers', {
  group: CONNECTION,
});

/** The client's settings from a properties file: security, timeouts, client.id. */
export const commandConfig = text('FILE', 'Properties file with client settings: security, timeouts, client.id', {
  group: CONNECTION,
  suggest: 'files',
});

export const commandProperty = (client: string) =>
  text('KEY=VALUE', `A ${client} setting; wins over --command-config`, { group: CONNECTION, repeatable: true });

import { checkRequired } from '../checks.ts';
import type { ParsedOptions } from '../parsed.ts';
import { joptScript } from '../script.ts';
import { bootstrapServer, commandConfig, general } from './common.ts';

export const brokerApiVersions = joptScript({
  name: 'broker-api-versions',
  kafkaName: 'kafka-broker-api-versions',
  about: 'Show which requests, in which versions, each broker understands',
  headline: 'This tool helps to retrieve broker version information.',
  parseErrors: 'message',
  examples: [{ about: 'What the brokers of a cluster can do', command: 'broker-api-versions' }],
  options: { 'bootstrap-server': bootstrapServer, 'command-config': commandConfig, ...general },
});

export type BrokerApiVersionsOptions = ParsedOptions<typeof brokerApiVersions.options>;

/** Checks the options of kafka-broker-api-versions; throws UsageError with Kafka's texts. */
export function checkBrokerApiVersions(options: BrokerApiVersionsOptions): void {
  checkRequired(options, 'bootstrap-server');
}

import type { BrokerFields } from './broker-fields.ts';
import { ConfigError } from './config-error.ts';
import { brokerDefault } from './topic-defaults.ts';

/**
 * Rules between broker keys (KafkaConfig.validateValues), those that matter to a single node.
 * @throws ConfigError with Kafka's text, without its prefix `requirement failed: `
 */
export function checkBrokerConfig(given: ReadonlyMap<string, string>, fields: BrokerFields): void {
  const require = (holds: boolean, message: string) => {
    if (!holds) throw new ConfigError(message);
  };
  const retentionMs = Number(brokerDefault('retention.ms', given));
  require(retentionMs !== 0, 'log.retention.ms must be unlimited (-1) or, greater than or equal to 1');
  require(Number(brokerDefault('segment.ms', given)) >= 1, 'log.roll.ms must be greater than or equal to 1');
  require(Number(brokerDefault('segment.jitter.ms', given)) >=
    0, 'log.roll.jitter.ms must be greater than or equal to 0');
  require(fields.maxConnectionsPerIp > 0 ||
    (fields.maxConnectionsPerIpOverrides ?? '') !==
      '', 'max.connections.per.ip can be set to zero only if max.connections.per.ip.overrides property is set.');
  require(fields.groupCoordinatorRebalanceProtocols.includes(
    'classic',
  ), "Disabling the 'classic' protocol is not supported.");
}

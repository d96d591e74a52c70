import { assignorName } from '../groups/consumer/assignors/names.ts';
import type { BrokerFields } from './broker-fields.ts';
import { ConfigError } from './config-error.ts';
import { connectionOverrides } from './connection-overrides.ts';
import { brokerDefault } from './topic-defaults.ts';

const MEGABYTE = 1024 * 1024;

/**
 * Rules between broker keys (KafkaConfig.validateValues), those that matter to a single node.
 * @param values every value in force, as text
 * @throws ConfigError with Kafka's text, without its prefix `requirement failed: `
 */
export function checkBrokerConfig(values: ReadonlyMap<string, string>, fields: BrokerFields): void {
  const require = (holds: boolean, message: string) => {
    if (!holds) throw new ConfigError(message);
  };
  const retentionMs = Number(brokerDefault('retention.ms', values));
  require(retentionMs !== 0, 'log.retention.ms must be unlimited (-1) or, greater than or equal to 1');
  require(Number(brokerDefault('segment.ms', values)) >= 1, 'log.roll.ms must be greater than or equal to 1');
  require(Number(brokerDefault('segment.jitter.ms', values)) >=
    0, 'log.roll.jitter.ms must be greater than or equal to 0');
  require(fields.logCleanerDedupeBufferSize / Math.max(1, fields.logCleanerThreads) >
    MEGABYTE, 'log.cleaner.dedupe.buffer.size must be at least 1MB per cleaner thread.');
  require(fields.maxConnectionsPerIp > 0 ||
    (fields.maxConnectionsPerIpOverrides ?? '') !==
      '', 'max.connections.per.ip can be set to zero only if max.connections.per.ip.overrides property is set.');
  checkOverrides(fields.maxConnectionsPerIpOverrides ?? '');
  require(fields.groupCoordinatorRebalanceProtocols.includes(
    'classic',
  ), "Disabling the 'classic' protocol is not supported.");
  for (const assignor of fields.groupConsumerAssignors) {
    require(assignorName(assignor) !==
      undefined, `group.consumer.assignors: ${assignor} is not one of this broker's assignors, which are uniform and range. Classes of your own cannot be loaded: leave it out.`);
  }
}

function checkOverrides(text: string): void {
  try {
    connectionOverrides(text);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    const key = 'max.connections.per.ip.overrides';
    throw new ConfigError(`Error parsing configuration property '${key}': each entry must be host:count`);
  }
}

// Settings of share consumers (org.apache.kafka.clients.consumer.ShareConsumerConfig; KIP-932, KIP-1206).
import type { Logger } from '../../util/logger.ts';
import { ConfigError } from '../errors.ts';
import type { SecuritySettings } from '../security/transport.ts';
import { checkPlugins } from './checked.ts';
import { provided, reconciled } from './common.ts';
import { consumerFields } from './consumer.ts';
import { parseSettings, type Settings } from './define.ts';

const INT_MAX = 2 ** 31 - 1;

export interface ShareConsumerSettings extends Settings<typeof consumerFields> {
  /** Calls are repeated until their time is up. */
  readonly retries: number;
  readonly bootstrapControllers: readonly string[];
  readonly security: SecuritySettings;
}

/** Of other consumers: here the group's configs decide, or the broker. */
const REFUSED = [
  'auto.offset.reset',
  'enable.auto.commit',
  'group.instance.id',
  'isolation.level',
  'partition.assignment.strategy',
  'interceptor.classes',
  'session.timeout.ms',
  'heartbeat.interval.ms',
  'group.protocol',
  'group.remote.assignor',
];

/** Keys that it does not know are ignored. @throws ConfigError, also for settings that only other consumers have */
export function shareConsumerSettings(
  written: Readonly<Record<string, string>>,
  logger?: Logger,
): ShareConsumerSettings {
  const properties = provided(written);
  const refused = REFUSED.filter((name) => properties[name] !== undefined);
  if (refused.length > 0) throw new ConfigError(`${refused.join(', ')} cannot be set when using a share group.`);
  const settings = reconciled(parseSettings(consumerFields, properties, logger), properties, logger);
  checkPlugins(settings.metricReporters, 'Failed to construct Kafka share consumer');
  return { ...settings, retries: INT_MAX, bootstrapControllers: [] };
}

// Settings of share consumers (org.apache.kafka.clients.consumer.ShareConsumerConfig; KIP-932, KIP-1206).
import { ConfigError } from '../errors.ts';
import type { SecuritySettings } from '../security/transport.ts';
import { checkedFields } from './checked.ts';
import { commonFields, provided, securityOf } from './common.ts';
import { bool, int, oneOf, optionalText, parseSettings, type Settings } from './define.ts';

const INT_MAX = 2 ** 31 - 1;

/** Times in milliseconds, sizes in bytes. */
const shareConsumerFields = {
  ...commonFields,
  ...checkedFields,
  retries: int('retries', INT_MAX, { min: 0, max: INT_MAX }),
  defaultApiTimeoutMs: int('default.api.timeout.ms', 60_000, { min: 0 }),
  groupId: optionalText('group.id'),
  clientRack: optionalText('client.rack'),
  acknowledgementMode: oneOf('share.acknowledgement.mode', ['implicit', 'explicit'], 'implicit', { anyCase: true }),
  acquireMode: oneOf('share.acquire.mode', ['batch_optimized', 'record_limit'], 'batch_optimized', { anyCase: true }),
  maxPollRecords: int('max.poll.records', 500, { min: 1 }),
  fetchMinBytes: int('fetch.min.bytes', 1, { min: 0 }),
  fetchMaxBytes: int('fetch.max.bytes', 50 * 1024 * 1024, { min: 0 }),
  fetchMaxWaitMs: int('fetch.max.wait.ms', 500, { min: 0 }),
  checkCrcs: bool('check.crcs', true),
} as const;

export interface ShareConsumerSettings extends Settings<typeof shareConsumerFields> {
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
export function shareConsumerSettings(written: Readonly<Record<string, string>>): ShareConsumerSettings {
  const properties = provided(written);
  const refused = REFUSED.filter((name) => properties[name] !== undefined);
  if (refused.length > 0) throw new ConfigError(`${refused.join(', ')} cannot be set when using a share group.`);
  const settings = parseSettings(shareConsumerFields, properties);
  return { ...settings, security: securityOf(settings, properties) };
}

// Settings of consumers (org.apache.kafka.clients.consumer.ConsumerConfig).

import { parseDuration } from '../../util/java-duration.ts';
import { ConsumerError } from '../consumer/errors.ts';
import { ConfigError, noSuchClass } from '../errors.ts';
import { type Assignor, assignorOfClass } from '../group/assignors.ts';
import type { SecuritySettings } from '../security/transport.ts';
import { checkedFields, checkGroupProtocol } from './checked.ts';
import { commonFields, provided, securityOf } from './common.ts';
import {
  bool,
  int,
  list,
  long,
  nonEmptyText,
  oneOf,
  optionalText,
  parseSettings,
  type SettingField,
  type Settings,
} from './define.ts';

const INT_MAX = 2 ** 31 - 1;
const DEFAULT_ASSIGNORS =
  'org.apache.kafka.clients.consumer.RangeAssignor,org.apache.kafka.clients.consumer.CooperativeStickyAssignor';

/** `none`, an end of the partition, or how far back from now to begin (KIP-1106). */
export type OffsetReset = 'latest' | 'earliest' | 'none' | { readonly durationMs: number };

/** AutoOffsetResetStrategy's words, texts and durations. */
const offsetReset: SettingField<OffsetReset> = {
  name: 'auto.offset.reset',
  parse(given = 'latest') {
    const text = given.trim();
    const word = text.toLowerCase();
    if (word === 'latest' || word === 'earliest' || word === 'none') return word;
    const durationMs = word.startsWith('by_duration:') ? durationOf(text.slice('by_duration:'.length)) : undefined;
    if (durationMs !== undefined) return { durationMs };
    const message = `Invalid value \`${text}\` for configuration auto.offset.reset. The value must be either 'earliest', 'latest', 'none' or of the format 'by_duration:<PnDTnHnMn.nS.>'.`;
    throw new ConfigError(`Invalid value ${text} for configuration auto.offset.reset: ${message}`);
  },
};

/** Undefined for what is no duration or a negative one. */
function durationOf(text: string): number | undefined {
  try {
    const durationMs = parseDuration(text);
    return durationMs >= 0 ? durationMs : undefined;
  } catch {
    return undefined;
  }
}

/** Times in milliseconds, sizes in bytes. */
const consumerFields = {
  ...commonFields,
  ...checkedFields,
  retries: int('retries', INT_MAX, { min: 0, max: INT_MAX }),
  defaultApiTimeoutMs: int('default.api.timeout.ms', 60_000, { min: 0 }),
  groupId: optionalText('group.id'),
  groupInstanceId: nonEmptyText('group.instance.id'),
  groupProtocol: oneOf('group.protocol', ['classic', 'consumer'], 'classic', { anyCase: true }),
  groupRemoteAssignor: optionalText('group.remote.assignor'),
  clientRack: optionalText('client.rack'),
  assignorClasses: list('partition.assignment.strategy'),
  sessionTimeoutMs: int('session.timeout.ms', 45_000),
  heartbeatIntervalMs: int('heartbeat.interval.ms', 3000),
  maxPollIntervalMs: int('max.poll.interval.ms', 300_000, { min: 1 }),
  enableAutoCommit: bool('enable.auto.commit', true),
  autoCommitIntervalMs: int('auto.commit.interval.ms', 5000, { min: 0 }),
  autoOffsetReset: offsetReset,
  isolationLevel: oneOf('isolation.level', ['read_committed', 'read_uncommitted'], 'read_uncommitted'),
  fetchMinBytes: int('fetch.min.bytes', 1, { min: 0 }),
  fetchMaxBytes: int('fetch.max.bytes', 50 * 1024 * 1024, { min: 0 }),
  fetchMaxWaitMs: int('fetch.max.wait.ms', 500, { min: 0 }),
  maxPartitionFetchBytes: int('max.partition.fetch.bytes', 1024 * 1024, { min: 0 }),
  checkCrcs: bool('check.crcs', true),
  allowAutoCreateTopics: bool('allow.auto.create.topics', true),
  excludeInternalTopics: bool('exclude.internal.topics', true),
  metadataMaxAgeMs: long('metadata.max.age.ms', 300_000, { min: 0 }),
  /** Batches are handed over as they come. */
  maxPollRecords: int('max.poll.records', 500, { min: 1 }),
} as const;

export interface ConsumerSettings extends Settings<typeof consumerFields> {
  /** In order of preference. */
  readonly assignors: readonly Assignor[];
  readonly security: SecuritySettings;
}

/** The classic protocol's check when a member is made (AbstractCoordinator). */
function checkHeartbeat({
  groupId,
  groupProtocol,
  heartbeatIntervalMs,
  sessionTimeoutMs,
}: Settings<typeof consumerFields>) {
  if (groupId === undefined || groupProtocol === 'consumer' || heartbeatIntervalMs < sessionTimeoutMs) return;
  throw new ConsumerError('java.lang.IllegalArgumentException', 'Heartbeat must be set lower than the session timeout');
}

/** Keys that it does not know are ignored. @throws ConfigError, ConsumerError and KafkaException for what the consumer itself refuses */
export function consumerSettings(written: Readonly<Record<string, string>>): ConsumerSettings {
  const properties = provided(written);
  const given = { 'partition.assignment.strategy': DEFAULT_ASSIGNORS, ...properties };
  const settings = parseSettings(consumerFields, given);
  checkGroupProtocol(settings.groupProtocol, properties);
  const assignors = settings.assignorClasses.map((className) => {
    const assignor = assignorOfClass(className);
    if (!assignor) throw noSuchClass(className, `${className} ClassNotFoundException exception occurred`);
    return assignor;
  });
  checkHeartbeat(settings);
  return { ...settings, assignors, security: securityOf(settings, properties) };
}

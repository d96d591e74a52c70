// Settings of consumers (org.apache.kafka.clients.consumer.ConsumerConfig).
import { parseDuration } from '../../util/java-duration.ts';
import type { Logger } from '../../util/logger.ts';
import { ConsumerError } from '../consumer/errors.ts';
import { noSuchClass } from '../errors.ts';
import { type Assignor, assignorOfClass } from '../group/assignors.ts';
import type { SecuritySettings } from '../security/transport.ts';
import { checkGroupProtocol, checkPlugins } from './checked.ts';
import {
  backoffFields,
  bufferFields,
  connectFields,
  fields,
  metricsFields,
  provided,
  providerFields,
  reconciled,
  recoveryFields,
} from './common.ts';
import {
  bool,
  checkedOnly,
  int,
  invalid,
  list,
  nonEmptyText,
  oneOf,
  optionalText,
  parseSettings,
  type SettingField,
  type Settings,
} from './define.ts';
import { securityFields } from './security.ts';

const CREATION = 'Failed to construct kafka consumer';
const INT_MAX = 2 ** 31 - 1;
const DEFAULT_ASSIGNORS = [
  'org.apache.kafka.clients.consumer.RangeAssignor',
  'org.apache.kafka.clients.consumer.CooperativeStickyAssignor',
];

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
    throw invalid('auto.offset.reset', text, message);
  },
};

/** A word of two, compared without regard to case, the first by default (ShareAcknowledgementMode, ShareAcquireMode). */
function eitherOf<const W extends string>(name: string, words: readonly [W, W]): SettingField<W> {
  return {
    name,
    parse(given) {
      const text = given?.trim() ?? words[0];
      const word = words.find((each) => each === text.toLowerCase());
      if (word !== undefined) return word;
      const message = `Invalid value \`${text}\` for configuration ${name}. The value must either be '${words[0]}' or '${words[1]}'.`;
      throw invalid(name, text, message);
    },
  };
}

/** Undefined for what is no duration or a negative one. */
function durationOf(text: string): number | undefined {
  try {
    const durationMs = parseDuration(text);
    return durationMs >= 0 ? durationMs : undefined;
  } catch {
    return undefined;
  }
}

const { bootstrapServers, dnsLookup, clientId, requestTimeoutMs, defaultApiTimeoutMs, metadataMaxAgeMs } = fields;

/** What KafkaShareConsumer parses as well. Times in milliseconds, sizes in bytes. */
export const consumerFields = {
  bootstrapServers,
  dnsLookup,
  groupId: optionalText('group.id'),
  groupInstanceId: nonEmptyText('group.instance.id'),
  sessionTimeoutMs: int('session.timeout.ms', 45_000),
  heartbeatIntervalMs: int('heartbeat.interval.ms', 3000),
  assignorClasses: list('partition.assignment.strategy', DEFAULT_ASSIGNORS),
  metadataMaxAgeMs,
  enableAutoCommit: bool('enable.auto.commit', true),
  autoCommitIntervalMs: int('auto.commit.interval.ms', 5000, { min: 0 }),
  clientId,
  clientRack: optionalText('client.rack'),
  maxPartitionFetchBytes: int('max.partition.fetch.bytes', 1024 * 1024, { min: 0 }),
  ...bufferFields,
  fetchMinBytes: int('fetch.min.bytes', 1, { min: 0 }),
  fetchMaxBytes: int('fetch.max.bytes', 50 * 1024 * 1024, { min: 0 }),
  fetchMaxWaitMs: int('fetch.max.wait.ms', 500, { min: 0 }),
  ...backoffFields,
  autoOffsetReset: offsetReset,
  checkCrcs: bool('check.crcs', true),
  ...metricsFields,
  requestTimeoutMs,
  defaultApiTimeoutMs,
  ...connectFields,
  interceptors: list('interceptor.classes', []),
  maxPollRecords: int('max.poll.records', 500, { min: 1 }),
  maxPollIntervalMs: int('max.poll.interval.ms', 300_000, { min: 1 }),
  excludeInternalTopics: bool('exclude.internal.topics', true),
  ...checkedOnly(bool('internal.throw.on.fetch.stable.offset.unsupported', false)),
  isolationLevel: oneOf('isolation.level', ['read_committed', 'read_uncommitted'], 'read_uncommitted'),
  allowAutoCreateTopics: bool('allow.auto.create.topics', true),
  groupProtocol: oneOf('group.protocol', ['classic', 'consumer'], 'classic', { anyCase: true }),
  groupRemoteAssignor: optionalText('group.remote.assignor'),
  ...securityFields,
  ...recoveryFields,
  acknowledgementMode: eitherOf('share.acknowledgement.mode', ['implicit', 'explicit']),
  acquireMode: eitherOf('share.acquire.mode', ['batch_optimized', 'record_limit']),
  ...providerFields,
} as const;

export interface ConsumerSettings extends Settings<typeof consumerFields> {
  /** In order of preference. */
  readonly assignors: readonly Assignor[];
  /** Calls are repeated until their time is up. */
  readonly retries: number;
  readonly bootstrapControllers: readonly string[];
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
export function consumerSettings(written: Readonly<Record<string, string>>, logger?: Logger): ConsumerSettings {
  const properties = provided(written);
  const settings = reconciled(parseSettings(consumerFields, properties, logger), properties, logger);
  checkGroupProtocol(settings.groupProtocol, properties);
  checkPlugins(settings.metricReporters, CREATION);
  checkPlugins(settings.interceptors, CREATION);
  const assignors = settings.assignorClasses.map((className) => {
    const assignor = assignorOfClass(className);
    if (!assignor) throw noSuchClass(className, `${className} ClassNotFoundException exception occurred`);
    return assignor;
  });
  checkHeartbeat(settings);
  return { ...settings, assignors, retries: INT_MAX, bootstrapControllers: [] };
}

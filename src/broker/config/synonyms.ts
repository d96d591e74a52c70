/** A broker key that is the default of a topic config, in a unit that `toTopicUnit` times makes the topic's. */
export interface BrokerSynonym {
  readonly name: string;
  readonly toTopicUnit: number;
}

const MINUTES = 60_000;
const HOURS = 3_600_000;

const same = (name: string): BrokerSynonym[] => [{ name, toTopicUnit: 1 }];

/** ServerTopicConfigSynonyms: the broker keys of each topic config, the one that wins first. Topic configs without are absent. */
export const TOPIC_SYNONYMS: ReadonlyMap<string, readonly BrokerSynonym[]> = new Map([
  ['segment.bytes', same('log.segment.bytes')],
  ['segment.ms', [...same('log.roll.ms'), { name: 'log.roll.hours', toTopicUnit: HOURS }]],
  ['segment.jitter.ms', [...same('log.roll.jitter.ms'), { name: 'log.roll.jitter.hours', toTopicUnit: HOURS }]],
  ['segment.index.bytes', same('log.index.size.max.bytes')],
  ['flush.messages', same('log.flush.interval.messages')],
  ['flush.ms', [...same('log.flush.interval.ms'), ...same('log.flush.scheduler.interval.ms')]],
  ['retention.bytes', same('log.retention.bytes')],
  [
    'retention.ms',
    [
      ...same('log.retention.ms'),
      { name: 'log.retention.minutes', toTopicUnit: MINUTES },
      { name: 'log.retention.hours', toTopicUnit: HOURS },
    ],
  ],
  ['max.message.bytes', same('message.max.bytes')],
  ['index.interval.bytes', same('log.index.interval.bytes')],
  ['delete.retention.ms', same('log.cleaner.delete.retention.ms')],
  ['min.compaction.lag.ms', same('log.cleaner.min.compaction.lag.ms')],
  ['max.compaction.lag.ms', same('log.cleaner.max.compaction.lag.ms')],
  ['file.delete.delay.ms', same('log.segment.delete.delay.ms')],
  ['min.cleanable.dirty.ratio', same('log.cleaner.min.cleanable.ratio')],
  ['cleanup.policy', same('log.cleanup.policy')],
  ['unclean.leader.election.enable', same('unclean.leader.election.enable')],
  ['min.insync.replicas', same('min.insync.replicas')],
  ['compression.type', same('compression.type')],
  ['compression.gzip.level', same('compression.gzip.level')],
  ['compression.lz4.level', same('compression.lz4.level')],
  ['compression.zstd.level', same('compression.zstd.level')],
  ['preallocate', same('log.preallocate')],
  ['message.timestamp.type', same('log.message.timestamp.type')],
  ['message.timestamp.before.max.ms', same('log.message.timestamp.before.max.ms')],
  ['message.timestamp.after.max.ms', same('log.message.timestamp.after.max.ms')],
  ['local.retention.ms', same('log.local.retention.ms')],
  ['local.retention.bytes', same('log.local.retention.bytes')],
]);

/** Groups of broker keys that set the same thing in different units, the one that wins first (DynamicBrokerConfig). */
const BROKER_SYNONYM_GROUPS: readonly (readonly string[])[] = [
  ['log.roll.ms', 'log.roll.hours'],
  ['log.roll.jitter.ms', 'log.roll.jitter.hours'],
  ['log.retention.ms', 'log.retention.minutes', 'log.retention.hours'],
];

/** `listener.name.<listener>.<key>`: a key for one listener only; group 1 is the key. */
export const LISTENER_CONFIG = /^listener\.name\.[^.]*\.(.*)$/;

/** Keys that a listener has once for each SASL mechanism: `listener.name.<listener>.<mechanism>.<key>`. */
const MECHANISM_CONFIGS: readonly string[] = [
  'sasl.jaas.config',
  'sasl.login.callback.handler.class',
  'sasl.login.class',
  'sasl.server.callback.handler.class',
  'connections.max.reauth.ms',
];

/** The keys that decide a broker config, the one that wins first (DynamicBrokerConfig.brokerConfigSynonyms). */
export function brokerSynonyms(name: string): readonly string[] {
  if (name === 'log.flush.interval.ms') return [name, 'log.flush.scheduler.interval.ms'];
  const group = BROKER_SYNONYM_GROUPS.find((names) => names.includes(name));
  if (group) return group;
  const base = LISTENER_CONFIG.exec(name)?.[1];
  if (base === undefined) return [name];
  return [name, MECHANISM_CONFIGS.find((key) => base.endsWith(key)) ?? base];
}

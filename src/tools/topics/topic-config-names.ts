// The topic configs that kafka-topics knows without asking a broker (LogConfig of Kafka 4.3), in the order in which Kafka
// checks them. A test compares this table with the broker's.

/** What a value must be. Limits are inclusive. */
export interface TopicConfigRule {
  readonly type: 'BOOLEAN' | 'STRING' | 'INT' | 'LONG' | 'DOUBLE' | 'LIST';
  readonly least?: number;
  readonly most?: number;
  /** The only texts, or items of a list, that are accepted. */
  readonly oneOf?: readonly string[];
  /** Checks that are no limits; see topic-configs.ts. */
  readonly special?: 'gzip level' | 'throttled replicas';
}

const boolean: TopicConfigRule = { type: 'BOOLEAN' };
const int = (least: number, most?: number): TopicConfigRule => ({ type: 'INT', least, ...(most && { most }) });
const long = (least?: number): TopicConfigRule => ({ type: 'LONG', ...(least !== undefined && { least }) });
const oneOf = (...words: string[]): TopicConfigRule => ({ type: 'STRING', oneOf: words });
const throttled: TopicConfigRule = { type: 'LIST', special: 'throttled replicas' };

export const TOPIC_CONFIG_RULES: Readonly<Record<string, TopicConfigRule>> = {
  'segment.bytes': int(1048576),
  'segment.ms': long(1),
  'segment.jitter.ms': long(0),
  'segment.index.bytes': int(4),
  'flush.messages': long(1),
  'flush.ms': long(0),
  'retention.bytes': long(),
  'retention.ms': long(-1),
  'max.message.bytes': int(0),
  'index.interval.bytes': int(0),
  'delete.retention.ms': long(0),
  'min.compaction.lag.ms': long(0),
  'max.compaction.lag.ms': long(1),
  'file.delete.delay.ms': long(0),
  'min.cleanable.dirty.ratio': { type: 'DOUBLE', least: 0, most: 1 },
  'cleanup.policy': { type: 'LIST', oneOf: ['compact', 'delete'] },
  'unclean.leader.election.enable': boolean,
  'min.insync.replicas': int(1),
  'compression.type': oneOf('uncompressed', 'zstd', 'lz4', 'snappy', 'gzip', 'producer'),
  'compression.gzip.level': { type: 'INT', special: 'gzip level' },
  'compression.lz4.level': int(1, 17),
  'compression.zstd.level': int(-131072, 22),
  preallocate: boolean,
  'message.timestamp.type': oneOf('CreateTime', 'LogAppendTime'),
  'message.timestamp.before.max.ms': long(0),
  'message.timestamp.after.max.ms': long(0),
  'leader.replication.throttled.replicas': throttled,
  'follower.replication.throttled.replicas': throttled,
  'remote.storage.enable': boolean,
  'local.retention.ms': long(-2),
  'local.retention.bytes': long(-2),
  'remote.log.copy.disable': boolean,
  'remote.log.delete.on.disable': boolean,
  'internal.segment.bytes': { type: 'INT' },
};

import type { LogConfig } from '../../log/log-config.ts';
import { codecByName } from '../../protocol/records/compression.ts';
import { hashMapOrder, javaStringHash } from '../../util/java-hash.ts';
import { ConfigError } from './config-error.ts';
import { TOPIC_CONFIGS } from './definitions/index.ts';
import { type BrokerConfigLayers, mergeLayers } from './layers.ts';
import type { ConfigValue } from './parsed-value.ts';
import { brokerDefault } from './topic-defaults.ts';
import { parseValue } from './values.ts';

/** A topic's settings in force: what its logs need, and the rest. Infinity where Kafka has the largest LONG. */
export interface TopicConfig extends LogConfig {
  readonly minInsyncReplicas: number;
}

/**
 * Checks the configs of a topic about to be created or changed, as a whole.
 * @param configs everything the topic would have of its own; null values as a client may send them
 * @throws ConfigError (INVALID_CONFIG) with Kafka's texts (LogConfig.validate): unset values, unknown names, bad values,
 *   compaction lags that contradict each other (the broker's defaults count), tiered storage, which ktool does not have
 */
export function validateTopicConfigs(configs: ReadonlyMap<string, string | null>, layers: BrokerConfigLayers): void {
  const names = hashMapOrder(configs.keys(), javaStringHash);
  const unset = [...configs.keys()].filter((name) => configs.get(name) === null);
  if (unset.length > 0) throw new ConfigError(`Null value not supported for topic configs: ${unset.join(',')}`);
  const unknown = names.find((name) => !TOPIC_CONFIGS.has(name));
  if (unknown !== undefined) throw new ConfigError(`Unknown topic config name: ${unknown}`);
  const values = topicValues(configs, mergeLayers(layers));
  const [minLag, maxLag] = [values('min.compaction.lag.ms'), values('max.compaction.lag.ms')];
  if (Number(minLag.value) > Number(maxLag.value))
    throw new ConfigError(
      `conflict topic config setting min.compaction.lag.ms (${minLag.text}) > max.compaction.lag.ms (${maxLag.text})`,
    );
  if (values('remote.storage.enable').value === true)
    throw new ConfigError(
      'Tiered Storage functionality is disabled in the broker. Topic cannot be configured with remote log storage.',
    );
}

/**
 * A topic's settings in force: its own, else the broker's, else Kafka's defaults.
 * @param configs the topic's own, already validated
 */
export function effectiveTopicConfig(configs: ReadonlyMap<string, string>, layers: BrokerConfigLayers): TopicConfig {
  const values = topicValues(configs, mergeLayers(layers));
  const number = (name: string) => withoutLimit(Number(values(name).value));
  const policy = values('cleanup.policy').value;
  const policies: readonly string[] = Array.isArray(policy) ? policy : [];
  return {
    segmentBytes: Number(values('internal.segment.bytes').value ?? values('segment.bytes').value),
    segmentMs: number('segment.ms'),
    segmentJitterMs: number('segment.jitter.ms'),
    segmentIndexBytes: number('segment.index.bytes'),
    indexIntervalBytes: number('index.interval.bytes'),
    maxMessageBytes: number('max.message.bytes'),
    delete: policies.includes('delete'),
    compact: policies.includes('compact'),
    retentionMs: number('retention.ms'),
    retentionBytes: number('retention.bytes'),
    messageTimestampType: values('message.timestamp.type').value === 'LogAppendTime' ? 'LogAppendTime' : 'CreateTime',
    messageTimestampBeforeMaxMs: number('message.timestamp.before.max.ms'),
    messageTimestampAfterMaxMs: number('message.timestamp.after.max.ms'),
    flushMessages: number('flush.messages'),
    flushMs: number('flush.ms'),
    fileDeleteDelayMs: number('file.delete.delay.ms'),
    deleteRetentionMs: number('delete.retention.ms'),
    minCleanableDirtyRatio: number('min.cleanable.dirty.ratio'),
    minCompactionLagMs: number('min.compaction.lag.ms'),
    maxCompactionLagMs: number('max.compaction.lag.ms'),
    ...targetCompression(String(values('compression.type').value), number),
    minInsyncReplicas: number('min.insync.replicas'),
  };
}

/** What `compression.type` and the level of its codec ask for (BrokerCompressionType.targetCompression). */
function targetCompression(
  type: string,
  number: (name: string) => number,
): Pick<LogConfig, 'compressionCodec' | 'compressionLevel'> {
  if (type === 'producer') return { compressionCodec: undefined, compressionLevel: undefined };
  const name = type === 'uncompressed' ? 'none' : type;
  const hasLevels = TOPIC_CONFIGS.has(`compression.${name}.level`);
  return {
    compressionCodec: codecByName(name),
    compressionLevel: hasLevels ? number(`compression.${name}.level`) : undefined,
  };
}

/** The largest LONG, as a double. */
const LONG_MAX = 2 ** 63;

function withoutLimit(value: number): number {
  return value === LONG_MAX ? Number.POSITIVE_INFINITY : value;
}

/** Every topic config parsed, in the order of the definitions, which decides the first error. */
function topicValues(configs: ReadonlyMap<string, string | null>, brokerValues: ReadonlyMap<string, string>) {
  const parsed = new Map<string, { value: ConfigValue; text: string | null }>();
  for (const [name, definition] of TOPIC_CONFIGS)
    parsed.set(name, parseValue(definition, configs.get(name) ?? brokerDefault(name, brokerValues)));
  return (name: string) => parsed.get(name) ?? { value: null, text: null };
}

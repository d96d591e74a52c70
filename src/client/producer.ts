// The producer: takes records without waiting, sends them in batches, and says which could not be written.
import { codecByName, loadCodec } from '../protocol/records/compression.ts';
import { Cluster } from './cluster.ts';
import { BatchingProducer } from './producer/batching-producer.ts';
import type { Producer, ProducerOptions } from './producer/types.ts';
import { producerSettings } from './settings/producer.ts';

export type { Delivery } from './producer/batch.ts';
export type { FailedRecord, Producer, ProducerOptions } from './producer/types.ts';

/**
 * A producer for a cluster.
 * @param properties settings by Kafka's names
 * @throws ConfigError for a setting with an impossible value
 * @throws ClientCreationError `Failed to construct kafka producer` for addresses that are none or do not resolve
 */
export async function createProducer(
  properties: Readonly<Record<string, string>>,
  options: ProducerOptions = {},
): Promise<Producer> {
  const message = 'Failed to construct kafka producer';
  const settings = producerSettings(properties, options.logger);
  const { transactionalId } = settings;
  const named = transactionalId === undefined ? options : { ...options, transactionalId };
  const cluster = await Cluster.create(settings, 'Producer', named, message);
  await loadCodec(codecByName(settings.compression));
  return new BatchingProducer(cluster, settings, options);
}

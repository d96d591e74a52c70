// A broker with a topic and records, and share consumers of it.
import { onTestFinished } from 'vitest';
import type { BrokerOptions } from '../../../src/broker/broker-options.ts';
import type { Broker } from '../../../src/broker/start.ts';
import { type Admin, ConfigResourceType, createAdmin } from '../../../src/client/admin.ts';
import { createProducer } from '../../../src/client/producer.ts';
import {
  type Acknowledged,
  ShareConsumer,
  type ShareConsumerOptions,
  type ShareRecord,
} from '../../../src/client/share-consumer.ts';
import { startTestBroker } from '../../helpers/broker.ts';

export const TOPIC = 'orders';
const OVERRIDES = { 'group.share.assignment.interval.ms': '0', 'group.share.heartbeat.interval.ms': '200' };
const BOUNDS = { 'group.share.min.heartbeat.interval.ms': '100' };

export function startShareBroker(options: BrokerOptions = {}, more: Record<string, string> = {}): Promise<Broker> {
  return startTestBroker({ ...options, overrides: { ...OVERRIDES, ...BOUNDS, ...more } });
}

export async function adminOf(broker: Broker): Promise<Admin> {
  const admin = await createAdmin({ 'bootstrap.servers': broker.address });
  onTestFinished(() => admin.close());
  return admin;
}

/** Makes the topic and lets the group begin with its first record. */
export async function prepare(broker: Broker, { partitions = 1, group = 'g' } = {}): Promise<Admin> {
  const admin = await adminOf(broker);
  await admin.createTopics([{ name: TOPIC, numPartitions: partitions, replicationFactor: 1 }]);
  const ops = [{ name: 'share.auto.offset.reset', op: 'SET', value: 'earliest' }] as const;
  await admin.incrementalAlterConfigs([{ resource: { type: ConfigResourceType.GROUP, name: group }, ops }]);
  return admin;
}

/** Writes values, in turn to each partition; with a transactional id in one transaction. */
export async function produce(broker: Broker, values: readonly string[], partitions = 1, id?: string): Promise<void> {
  const settings = { 'bootstrap.servers': broker.address, ...(id !== undefined && { 'transactional.id': id }) };
  const producer = await createProducer(settings);
  if (id !== undefined) {
    await producer.initTransactions();
    producer.beginTransaction();
  }
  for (const [i, value] of values.entries()) {
    if (!producer.append(TOPIC, i % partitions, null, Buffer.from(value))) await producer.drain();
  }
  if (id !== undefined) await producer.commitTransaction();
  else await producer.flush();
  await producer.close();
}

export interface Reader {
  readonly consumer: ShareConsumer;
  /** What became of acknowledgements. */
  readonly acknowledged: Acknowledged[];
  /** Polls until so many records have come; fewer if none comes in time. */
  read(count: number, onRecord?: (record: ShareRecord) => void): Promise<ShareRecord[]>;
}

export async function openReader(
  broker: Broker,
  properties: Readonly<Record<string, string>> = {},
  options: ShareConsumerOptions = {},
): Promise<Reader> {
  const acknowledged: Acknowledged[] = [];
  const settings = { 'bootstrap.servers': broker.address, 'group.id': 'g', 'fetch.max.wait.ms': '50', ...properties };
  const onAcknowledged = (outcome: Acknowledged) => acknowledged.push(outcome);
  const consumer = await ShareConsumer.create(settings, { onAcknowledged, ...options });
  onTestFinished(() => consumer.close());
  consumer.subscribe([TOPIC]);
  const read: Reader['read'] = async (count, onRecord = () => {}) => {
    const records: ShareRecord[] = [];
    const deadline = Date.now() + 15_000;
    while (records.length < count && Date.now() < deadline) {
      for (const delivery of await consumer.poll(1000)) {
        for (const record of delivery.records) {
          onRecord(record);
          records.push(record);
        }
      }
    }
    return records;
  };
  return { consumer, acknowledged, read };
}

export const textOf = ({ value, deliveryCount }: ShareRecord): string => `${value}#${deliveryCount}`;

// Topics, batches and requests for tests of the data path.
import type { Broker } from '../../src/broker/start.ts';
import { Fetch } from '../../src/protocol/messages/fetch.ts';
import { Produce } from '../../src/protocol/messages/produce.ts';
import { computeCrc, FIELD } from '../../src/protocol/records/batch.ts';
import { buildBatch } from '../../src/protocol/records/write.ts';
import type { RequestInput } from '../../src/protocol/schema.ts';
import type { TestClient } from '../helpers/client.ts';

/** Recent: producers that were last heard of a day ago are forgotten at the next start. */
export const NOW_MS = Date.now();

/** Creates a topic; returns its id. */
export function createTopic(
  broker: Broker,
  name: string,
  partitions = 1,
  configs: Record<string, string> = {},
): string {
  const replicas = Array.from({ length: partitions }, () => [broker.nodeId]);
  return broker.services.metadata.createTopic({ name, replicas, configs: new Map(Object.entries(configs)) }).id;
}

/** A batch with one record for each value, ten milliseconds apart. */
export function batch(values: readonly string[], options: Parameters<typeof buildBatch>[1] = {}): Buffer {
  const records = values.map((value, i) => ({
    timestamp: NOW_MS + 10 * i,
    key: Buffer.from(`k${i}`),
    value: Buffer.from(value),
  }));
  return buildBatch(records, options);
}

/** The batch with some of its bytes changed and the sum made right again. */
export function patched(records: Buffer, change: (copy: Buffer) => void): Buffer {
  const copy = Buffer.from(records);
  change(copy);
  copy.writeUInt32BE(computeCrc(copy), FIELD.crc);
  return copy;
}

interface ProduceOptions {
  version?: number;
  acks?: number;
  partition?: number;
  topicId?: string;
  transactionalId?: string;
  clientId?: string;
}

export function produceRequest(topic: string, records: Buffer | null, options: ProduceOptions = {}) {
  const { acks = -1, partition = 0, topicId, transactionalId = null } = options;
  const named = topicId === undefined ? { name: topic } : { topicId };
  const topicData = [{ ...named, partitionData: [{ index: partition, records }] }];
  return { transactionalId, acks, timeoutMs: 5000, topicData };
}

/** Produces one batch; returns what is said of its partition. */
export async function produce(client: TestClient, topic: string, records: Buffer | null, options: ProduceOptions = {}) {
  const { version = 9, clientId } = options;
  const { responses } = await client.request(Produce, version, produceRequest(topic, records, options), clientId);
  return responses[0]!.partitionResponses[0]!;
}

export type FetchInput = RequestInput<typeof Fetch>;
type FetchPartitionInput = FetchInput['topics'][number]['partitions'][number];

export function fetchPartition(
  partition: number,
  fetchOffset: number,
  more: Partial<FetchPartitionInput> = {},
): FetchPartitionInput {
  return { partition, fetchOffset, partitionMaxBytes: 1024 * 1024, ...more };
}

/** A fetch without a session that does not wait. */
export function fetchRequest(topics: FetchInput['topics'], more: Partial<FetchInput> = {}): FetchInput {
  return { maxWaitMs: 0, minBytes: 1, sessionEpoch: -1, forgottenTopicsData: [], ...more, topics };
}

/** Fetches and returns what is said of each partition, in the order of the answer. */
export async function fetch(
  client: TestClient,
  topics: FetchInput['topics'],
  more: Partial<FetchInput> = {},
  version = 11,
) {
  const { responses } = await client.request(Fetch, version, fetchRequest(topics, more));
  return responses.flatMap(({ partitions }) => partitions);
}

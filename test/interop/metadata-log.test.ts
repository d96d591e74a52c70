// The metadata log that ktool writes, read by Kafka's own kafka-dump-log with its cluster metadata decoder.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { ResourceType } from '../../src/broker/metadata/image.ts';
import { openStore } from '../broker/metadata/stores.ts';
import { java, whyNoKafka } from './kafka-jars.ts';

const reason = whyNoKafka();
const suite = reason === undefined ? 'with Kafka' : `with Kafka (skipped: ${reason})`;

interface DumpedRecord {
  readonly type: string;
  readonly version: number;
  readonly data: Record<string, unknown>;
}

function dump(dir: string): { output: string; records: DumpedRecord[] } {
  const file = join(dir, '__cluster_metadata-0', '00000000000000000000.log');
  const args = ['--cluster-metadata-decoder', '--deep-iteration', '--files', file];
  const output = java('org.apache.kafka.tools.DumpLogSegments', args);
  const records = [...output.matchAll(/payload: (\{.*\})$/gm)].map(
    ([, json]) => JSON.parse(json ?? '') as DumpedRecord,
  );
  return { output, records };
}

describe.skipIf(reason !== undefined)(suite, { timeout: 60_000 }, () => {
  test('every record is what the decoder expects', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'ktool-metadata-'));
    onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
    const first = await openStore(dir);
    const configs = new Map([['retention.ms', '1000']]);
    const { id } = first.store.createTopic({ name: 'orders', replicas: [[1]], configs });
    first.store.createPartitions(id, [[1]]);
    first.store.changeConfigs(ResourceType.TOPIC, 'orders', [{ name: 'retention.ms', value: null }]);
    first.store.reserveProducerIds(1000);
    await first.logs.close();
    const second = await openStore(dir, { newLeaderEpochs: true });
    second.store.deleteTopic(id);
    await second.logs.close();

    const { output, records } = dump(dir);
    expect(output).not.toMatch(/isvalid: false|Could not|Exception/);
    expect([...output.matchAll(/LeaderChange: (\{.*\})/g)]).toHaveLength(2);
    expect(records.map(({ type }) => type)).toEqual([
      'BEGIN_TRANSACTION_RECORD',
      ...Array.from({ length: 6 }, () => 'FEATURE_LEVEL_RECORD'),
      'CONFIG_RECORD',
      'END_TRANSACTION_RECORD',
      'REGISTER_CONTROLLER_RECORD',
      'REGISTER_BROKER_RECORD',
      'BROKER_REGISTRATION_CHANGE_RECORD',
      'TOPIC_RECORD',
      'CONFIG_RECORD',
      'PARTITION_RECORD',
      'PARTITION_RECORD',
      'CONFIG_RECORD',
      'PRODUCER_IDS_RECORD',
      'REGISTER_CONTROLLER_RECORD',
      'REGISTER_BROKER_RECORD',
      'BROKER_REGISTRATION_CHANGE_RECORD',
      'PARTITION_CHANGE_RECORD',
      'PARTITION_CHANGE_RECORD',
      'REMOVE_TOPIC_RECORD',
    ]);
    const registration = records.find(({ type }) => type === 'REGISTER_BROKER_RECORD');
    expect(registration).toMatchObject({
      version: 4,
      data: {
        brokerId: 1,
        brokerEpoch: 11,
        endPoints: [{ name: 'PLAINTEXT', host: '127.0.0.1', port: 9092, securityProtocol: 0 }],
        fenced: true,
      },
    });
    expect(records.find(({ type }) => type === 'PARTITION_RECORD')).toEqual({
      type: 'PARTITION_RECORD',
      version: 2,
      data: {
        partitionId: 0,
        topicId: id,
        replicas: [1],
        isr: [1],
        removingReplicas: [],
        addingReplicas: [],
        leader: 1,
        leaderEpoch: 0,
        partitionEpoch: 0,
        directories: [expect.stringMatching(/^[\w-]{22}$/)],
      },
    });
  });
});

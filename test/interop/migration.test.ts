// Kafka's own consumers roll from the classic protocol to the consumer protocol and back (KIP-848) while records come in.

import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { startTestBroker } from '../helpers/broker.ts';
import { KAFKA_JARS, whyNoKafka } from './kafka-jars.ts';
import { runAsync } from './run.ts';

const ROLLING = fileURLToPath(new URL('../kafka/tools/RollingConsumers.java', import.meta.url));
const CLIENTS = 'org.apache.kafka.clients.consumer';
const whyNot = whyNoKafka();
if (whyNot) console.warn(`skipped: ${whyNot}`);

async function roll(assignor: string, kind: string): Promise<Map<string, string>> {
  const broker = await startTestBroker();
  broker.services.metadata.createTopic({ name: 't', replicas: Array(6).fill([1]), configs: new Map() });
  const options = ['-Xmx256M', '-XX:TieredStopAtLevel=1', '-cp', join(KAFKA_JARS, '*')];
  const args = [broker.address, 't', 'g', `${CLIENTS}.${assignor}`, kind];
  const { stdout } = await runAsync('java', [...options, ROLLING, ...args]);
  return new Map(
    stdout
      .trim()
      .split('\n')
      .map((line) => [line.replace(/ \d+$/, ''), line.match(/\d+$/)?.[0] ?? '']),
  );
}

describe.skipIf(whyNot)('three consumers, one after the other, there and back', () => {
  it('cooperative: no record is missed, nobody gives up what stays its own', { timeout: 120_000 }, async () => {
    const seen = await roll('CooperativeStickyAssignor', 'dynamic');
    expect([...seen.keys()].filter((line) => line.startsWith('complaint'))).toEqual([]);
    expect(seen.get('missing')).toBe('0');
    expect(seen.get('lost')).toBe('0');
    // Of two members that stay, one or both give partitions up for each of the three that come: at most two a time.
    expect(Number(seen.get('revoked while rolling to consumer'))).toBeLessThanOrEqual(6);
    expect(Number(seen.get('revoked while rolling to classic'))).toBeLessThanOrEqual(6);
  });

  it('eager: no record is missed', { timeout: 120_000 }, async () => {
    const seen = await roll('RangeAssignor', 'dynamic');
    expect([...seen.keys()].filter((line) => line.startsWith('complaint'))).toEqual([]);
    expect(seen.get('missing')).toBe('0');
  });

  it('static members: no record is missed', { timeout: 120_000 }, async () => {
    const seen = await roll('CooperativeStickyAssignor', 'static');
    expect([...seen.keys()].filter((line) => line.startsWith('complaint'))).toEqual([]);
    expect(seen.get('missing')).toBe('0');
  });
});

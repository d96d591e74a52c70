// Apache Kafka's own clients and scripts on several brokers of ktool, while one of them stops and starts.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Broker, startBroker } from '../../src/broker/start.ts';
import { KAFKA_JARS, whyNoKafka } from './kafka-jars.ts';
import { runAsync } from './run.ts';

const why = whyNoKafka();
if (why) console.warn(`skipped: ${why}`);

const java = (mainClass: string, ...args: string[]) =>
  runAsync('java', ['-Xmx256M', '-XX:TieredStopAtLevel=1', '-cp', join(KAFKA_JARS, '*'), mainClass, ...args], '', true);

describe.skipIf(why)('three brokers', () => {
  let broker: Broker;
  let dir: string;
  const at = () => ['--bootstrap-server', broker.bootstrapServers];
  const describeTopic = async () => {
    const { stdout } = await java('org.apache.kafka.tools.TopicCommand', ...at(), '--describe', '--topic', 'orders');
    return stdout
      .split('\n')
      .filter((line) => line.includes('Partition: '))
      .map((line) => /Leader: (\S+)\tReplicas: (\S+)\tIsr: (\S+)/.exec(line)?.slice(1));
  };

  beforeAll(async () => {
    dir = mkdtempSync(join(tmpdir(), 'ktool-nodes-'));
    broker = await startBroker({ brokers: 3, port: 0 });
  });
  afterAll(async () => {
    await broker.close();
    rmSync(dir, { recursive: true, force: true });
  });

  it('are described, elected and reassigned by the scripts', { timeout: 120_000 }, async () => {
    const topic = ['--topic', 'orders', '--replica-assignment', '1:2:3,2:3:1'];
    expect((await java('org.apache.kafka.tools.TopicCommand', ...at(), '--create', ...topic)).stdout).toContain(
      'Created topic orders.',
    );
    const [first] = broker.nodes;
    await first!.stop();
    expect(await describeTopic()).toEqual([
      ['2', '1,2,3', '2,3'],
      ['2', '2,3,1', '2,3'],
    ]);
    await first!.start();
    const election = ['--election-type', 'preferred', '--all-topic-partitions'];
    const elected = await java('org.apache.kafka.tools.LeaderElectionCommand', ...at(), ...election);
    expect(elected.stdout).toContain('Successfully completed leader election (PREFERRED) for partitions orders-0');
    expect(await describeTopic()).toEqual([
      ['1', '1,2,3', '1,2,3'],
      ['2', '2,3,1', '1,2,3'],
    ]);
    const plan = join(dir, 'plan.json');
    writeFileSync(plan, '{"version":1,"partitions":[{"topic":"orders","partition":0,"replicas":[3,2]}]}');
    const reassign = (...more: string[]) =>
      java(
        'org.apache.kafka.tools.reassign.ReassignPartitionsCommand',
        ...at(),
        '--reassignment-json-file',
        plan,
        ...more,
      );
    expect((await reassign('--execute')).stdout).toContain('Successfully started partition reassignment for orders-0');
    expect((await reassign('--verify')).stdout).toContain('Reassignment of partition orders-0 is completed.');
    expect((await describeTopic())[0]).toEqual(['3', '3,2', '2,3']);
  });

  it('take every record of a producer while each of them is away in turn', { timeout: 120_000 }, async () => {
    // By itself this producer does not retry.
    const settings = join(dir, 'producer.properties');
    writeFileSync(settings, 'retries=2147483647\n');
    const producing = java(
      'org.apache.kafka.tools.VerifiableProducer',
      ...at(),
      ...[
        '--topic',
        'orders',
        '--max-messages',
        '20000',
        '--throughput',
        '4000',
        '--acks',
        '-1',
        '--command-config',
        settings,
      ],
    );
    const seen = broker.requests.waitFor('Produce', { timeoutMs: 60_000 });
    await seen;
    for (const node of broker.nodes) {
      await node.stop();
      await broker.requests.waitFor('Produce');
      await node.start();
      await broker.requests.waitFor('Produce');
    }
    const { stdout } = await producing;
    const sums = JSON.parse(stdout.trim().split('\n').at(-1)!);
    expect(sums).toMatchObject({ name: 'tool_data', sent: 20_000, acked: 20_000 });
    const { logs, metadata } = broker.services;
    const ends = metadata.topic('orders')!.partitions.map(({ index }) => logs.get('orders', index)!.logEndOffset);
    expect(ends.reduce((a, b) => a + b)).toBe(20_000);
    const consumed = await java(
      'org.apache.kafka.tools.VerifiableConsumer',
      ...at(),
      ...['--topic', 'orders', '--group-id', 'g', '--max-messages', '20000', '--reset-policy', 'earliest'],
    );
    expect(consumed.stdout).toContain('"name":"shutdown_complete"');
  });
});

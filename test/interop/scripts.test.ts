// Kafka's scripts on ktool's broker, and ktool's scripts on Kafka's broker, answer as Kafka's scripts on Kafka's broker.
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Broker, startBroker } from '../../src/broker/start.ts';
import { type KafkaBroker, startKafkaBroker } from './kafka-broker.ts';
import { KAFKA_JARS, whyNoKafka } from './kafka-jars.ts';
import { runAsync } from './run.ts';

const why = whyNoKafka();
if (why) console.warn(`skipped: ${why}`);

const CLASSES: Record<string, string> = {
  topics: 'org.apache.kafka.tools.TopicCommand',
  'console-producer': 'org.apache.kafka.tools.ConsoleProducer',
  'console-consumer': 'org.apache.kafka.tools.consumer.ConsoleConsumer',
  'get-offsets': 'org.apache.kafka.tools.GetOffsetShell',
  'consumer-groups': 'org.apache.kafka.tools.consumer.group.ConsumerGroupCommand',
  configs: 'kafka.admin.ConfigCommand',
  cluster: 'org.apache.kafka.tools.ClusterTool',
  'broker-api-versions': 'org.apache.kafka.tools.BrokerApiVersionsCommand',
};

const STEPS: [command: string, stdin?: string][] = [
  ['topics --create --topic orders --partitions 3'],
  ['topics --create --topic orders'],
  ['topics --create --topic big --replication-factor 3'],
  ['topics --list'],
  ['console-producer --topic orders --reader-property parse.key=true', 'a\tone\nb\ttwo\nc\tthree\n'],
  ['get-offsets --topic orders'],
  [
    'console-consumer --topic orders --from-beginning --max-messages 3 --group readers --formatter-property print.key=true',
  ],
  ['consumer-groups --list'],
  ['consumer-groups --describe --group readers'],
  ['consumer-groups --reset-offsets --group readers --topic orders --to-earliest --execute'],
  ['configs --alter --topic orders --add-config retention.ms=86400000'],
  ['configs --describe --topic orders'],
  ['topics --describe --topic orders'],
  ['topics --alter --topic orders --partitions 4'],
  ['get-offsets --topic orders --time earliest'],
  ['consumer-groups --delete --group readers'],
  ['topics --delete --topic orders'],
  ['topics --describe --topic orders'],
];

const viaKafka = (script: string, args: string[], stdin?: string) =>
  runAsync(
    'java',
    ['-Xmx256M', '-XX:TieredStopAtLevel=1', '-cp', join(KAFKA_JARS, '*'), CLASSES[script]!, ...args],
    stdin,
    true,
  );
const entry = fileURLToPath(new URL('../../bin/run.js', import.meta.url));
const viaKtool = (script: string, args: string[], stdin?: string) =>
  runAsync('env', ['KTOOL_COMPAT=kafka', process.execPath, entry, script, ...args], stdin, true);

// Partitions of one answer come in any order, ids and addresses differ; without its configuration log4j writes to stdout.
const settled = (text: string, address: string) =>
  text
    .replaceAll(address, '{address}')
    .replace(/TopicId: [\w-]{22}/g, 'TopicId: {id}')
    .replace(/^\tat .*\n/gm, '')
    .replace(/^\S+ main ERROR .*\n/gm, '')
    .split('\n')
    .filter(Boolean)
    .sort()
    .join('\n');

async function play(address: string, tool: typeof viaKafka) {
  const answers: Record<string, { stdout: string; code: number | null }> = {};
  for (const [command, stdin] of STEPS) {
    const [script, ...args] = command.split(' ');
    const { stdout, code } = await tool(script!, ['--bootstrap-server', address, ...args], stdin);
    answers[`${Object.keys(answers).length} ${command}`] = { stdout: settled(stdout, address), code };
  }
  return answers;
}

describe.skipIf(why)('scripts', () => {
  let kafka: KafkaBroker;
  let own: Broker;
  let expected: Awaited<ReturnType<typeof play>>;
  beforeAll(async () => {
    kafka = await startKafkaBroker();
    expected = await play(kafka.address, viaKafka);
    await kafka.stop();
    kafka = await startKafkaBroker();
    own = await startBroker({ port: 0, ephemeral: true });
  });
  afterAll(async () => {
    await kafka.stop();
    await own.close();
  });

  it("of Kafka's work on ktool's broker", async () => expect(await play(own.address, viaKafka)).toEqual(expected));
  it("of ktool's work on Kafka's broker", async () => expect(await play(kafka.address, viaKtool)).toEqual(expected));

  it('know the cluster and the versions of either broker', async () => {
    for (const tool of [viaKafka, viaKtool]) {
      const id = await tool('cluster', ['cluster-id', '--bootstrap-server', own.address]);
      expect(id.stdout).toBe(`Cluster ID: ${own.clusterId}\n`);
      const versions = await tool('broker-api-versions', ['--bootstrap-server', own.address]);
      expect(versions.stdout).toContain(`${own.address} (id: 1 rack: null isFenced: false) -> (`);
      expect(versions.stdout).toContain('\tProduce(0): 0 to 13 [usable: 13],');
    }
  });
});

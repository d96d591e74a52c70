import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { clientProperties } from '../../src/cli/command-config.ts';
import { uncaught } from '../../src/cli/failure-text.ts';
import { brokerApiVersions, checkBrokerApiVersions } from '../../src/cli/options/scripts/broker-api-versions.ts';
import { cluster, clusterConfigFile } from '../../src/cli/options/scripts/cluster.ts';
import { configs } from '../../src/cli/options/scripts/configs.ts';
import { checkConfigs } from '../../src/cli/options/scripts/configs-checks.ts';
import { consoleConsumer } from '../../src/cli/options/scripts/console-consumer.ts';
import { consoleProducer } from '../../src/cli/options/scripts/console-producer.ts';
import { consumerGroups } from '../../src/cli/options/scripts/consumer-groups.ts';
import { checkConsumerGroups } from '../../src/cli/options/scripts/consumer-groups-checks.ts';
import { checkConsumerPerfTest, consumerPerfTest } from '../../src/cli/options/scripts/consumer-perf-test.ts';
import { checkE2eLatency, e2eLatency, namedArguments } from '../../src/cli/options/scripts/e2e-latency.ts';
import { checkGetOffsets, getOffsets } from '../../src/cli/options/scripts/get-offsets.ts';
import { checkProducerPerfTest, producerPerfTest } from '../../src/cli/options/scripts/producer-perf-test.ts';
import { checkTopics, topics } from '../../src/cli/options/scripts/topics.ts';
import { verifiableConsumer, verifiableConsumerSettings } from '../../src/cli/options/scripts/verifiable-consumer.ts';
import { verifiableProducer, verifiableProducerSettings } from '../../src/cli/options/scripts/verifiable-producer.ts';
import { type ScriptCommand, scriptCommand } from '../../src/cli/script-command.ts';
import { consumerSettings } from '../../src/client/settings/consumer.ts';
import features from '../../src/commands/features.ts';
import groups from '../../src/commands/groups.ts';
import jmx from '../../src/commands/jmx.ts';
import metadataQuorum from '../../src/commands/metadata-quorum.ts';
import metadataShell from '../../src/commands/metadata-shell.ts';
import storage from '../../src/commands/storage.ts';
import transactions from '../../src/commands/transactions.ts';
import { capture } from './capture.ts';

// Command lines and the answers of Apache Kafka's scripts: what is refused, with which text, in which order of checks.

const done = { data: null, text: 'DONE' };

/** Each script as far as it goes without a cluster. */
const commands: Record<string, ScriptCommand> = {
  'kafka-topics': scriptCommand({
    script: topics,
    async run({ options, output, notice }) {
      checkTopics(options, { warn: (line) => output.warn(line), notice });
      return done;
    },
  }),
  'kafka-get-offsets': scriptCommand({
    script: getOffsets,
    async run({ options }) {
      checkGetOffsets(options);
      return done;
    },
    failure: (error) => ({ stderr: `Error occurred: ${error.message}\n` }),
  }),
  'kafka-broker-api-versions': scriptCommand({
    script: brokerApiVersions,
    async run({ options }) {
      checkBrokerApiVersions(options);
      return done;
    },
  }),
  'kafka-configs': scriptCommand({
    script: configs,
    async run({ options }) {
      await checkConfigs(options);
      return done;
    },
  }),
  'kafka-cluster': scriptCommand({
    script: cluster,
    async run({ options, notice }) {
      clientProperties({ commandConfig: clusterConfigFile(options, { notice }) });
      return done;
    },
  }),
  'kafka-features': features,
  'kafka-jmx': jmx,
  'kafka-metadata-quorum': metadataQuorum,
  'kafka-metadata-shell': metadataShell,
  'kafka-groups': groups,
  'kafka-storage': storage,
  'kafka-transactions': transactions,
  'kafka-consumer-groups': scriptCommand({
    script: consumerGroups,
    async run({ options, output }) {
      checkConsumerGroups(options, { warn: (line) => output.warn(line) });
      return done;
    },
  }),
  'kafka-producer-perf-test': scriptCommand({
    script: producerPerfTest,
    async run({ options, notice }) {
      checkProducerPerfTest(options, { notice }, undefined);
      return done;
    },
    failure: uncaught,
  }),
  'kafka-consumer-perf-test': scriptCommand({
    script: consumerPerfTest,
    async run({ options, notice }) {
      checkConsumerPerfTest(options, { notice });
      return done;
    },
  }),
  'kafka-e2e-latency': scriptCommand({
    script: e2eLatency,
    rewrite: namedArguments,
    async run({ options }) {
      checkE2eLatency(options);
      return done;
    },
  }),
  'kafka-verifiable-producer': scriptCommand({
    script: verifiableProducer,
    async run({ options, notice }) {
      verifiableProducerSettings(options, { notice });
      return done;
    },
  }),
  'kafka-verifiable-consumer': scriptCommand({
    script: verifiableConsumer,
    async run({ options, notice }) {
      consumerSettings(verifiableConsumerSettings(options, { notice }));
      return done;
    },
    failure: uncaught,
  }),
  'kafka-console-producer': scriptCommand({ script: consoleProducer, run: async () => done }),
  'kafka-console-consumer': scriptCommand({ script: consoleConsumer, run: async () => done }),
};

/** The command itself, where it is none of those that would go on to a cluster. */
async function commandOf(script: string): Promise<ScriptCommand> {
  const name = script.replace('kafka-', '');
  return commands[script] ?? ((await import(`../../src/commands/${name}.ts`)) as { default: ScriptCommand }).default;
}

interface Recorded {
  readonly command: string;
  readonly stdout: string[];
  readonly stderr: string[];
  status: number;
}

function recordings(): Recorded[] {
  const all: Recorded[] = [];
  for (const line of readFileSync(new URL('./fixtures/usage.txt', import.meta.url), 'utf8').split('\n')) {
    const rest = line.slice(2);
    if (line.startsWith('$')) all.push({ command: rest, stdout: [], stderr: [], status: 0 });
    if (line.startsWith('>')) all.at(-1)?.stdout.push(rest);
    if (line.startsWith('!')) all.at(-1)?.stderr.push(rest);
    if (line.startsWith('=')) Object.assign(all.at(-1) ?? {}, { status: Number(rest) });
  }
  return all;
}

const words = (command: string): string[] =>
  [...command.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '');

/** Java prints a set in the order of the moment: the recording's is not ours. */
const settled = (text: string): string =>
  text.replace(/(?<=\[)\[.*?\](?=\])|(?<=options: ).*/g, (set) => set.split(', ').sort().join(', '));

/** What the recording leaves out with the stack traces. */
const LOG_LINE = /^\[\d{4}-/;
const EXCEPTION = /^(Caused by: )?[a-z]+\.[\w.$]*(Exception|Error)\b/;

/** Help texts are our own words: the option table counts as "(table)", the usage lines of argparse are left out. */
function comparable(text: string, summary: string): string[] {
  const lines = settled(text)
    .trimEnd()
    .split('\n')
    .filter((line) => line !== '' && !/^(usage: | |Option \(\* = required\))/.test(line))
    .filter((line) => !EXCEPTION.test(line) && !LOG_LINE.test(line));
  const table = lines.indexOf(`${summary}.`);
  return table < 0 ? lines : [...lines.slice(0, table), '(table)'];
}

describe('with KTOOL_COMPAT=kafka', () => {
  test.each(recordings())('$command', async ({ command: line, stdout, stderr, status }) => {
    const [script = '', ...argv] = words(line);
    const captured = capture();
    const env = { KTOOL_COMPAT: 'kafka' };
    const command = await commandOf(script);
    const plain = (text: string) => comparable(text, command.summary);
    const got = await command.execute(argv, { env, output: captured.output });
    expect(plain(captured.stderr.text)).toEqual(plain(stderr.join('\n')));
    expect(plain(captured.stdout.text)).toEqual(plain(stdout.join('\n')));
    expect(got).toBe(status);
  });
});

// Kafka's own scripts still say what test/kafka/broker-answers/answers.txt has of them; with KTOOL_RECORD=1 it is written anew.
// They run in one JVM, one after the other.
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';
import { answers, parseAnswers, printAnswers, type RunScript } from '../kafka/broker-answers/answers.ts';
import { makeFiles } from '../kafka/broker-answers/cluster.ts';
import { KAFKA_JARS, whyNoKafka } from './kafka-jars.ts';

const folder = fileURLToPath(new URL('../kafka/broker-answers/', import.meta.url));
const file = join(folder, 'answers.txt');
const whyNot = whyNoKafka();
if (whyNot) console.warn(`skipped: ${whyNot}`);

const TOOLS = 'org.apache.kafka.tools';
const CLASSES: Readonly<Record<string, string>> = {
  acls: `${TOOLS}.AclCommand`,
  'broker-api-versions': `${TOOLS}.BrokerApiVersionsCommand`,
  'client-metrics': `${TOOLS}.ClientMetricsCommand`,
  cluster: `${TOOLS}.ClusterTool`,
  configs: 'kafka.admin.ConfigCommand',
  'console-consumer': `${TOOLS}.consumer.ConsoleConsumer`,
  'console-share-consumer': `${TOOLS}.consumer.ConsoleShareConsumer`,
  'consumer-groups': `${TOOLS}.consumer.group.ConsumerGroupCommand`,
  'delegation-tokens': `${TOOLS}.DelegationTokenCommand`,
  'delete-records': `${TOOLS}.DeleteRecordsCommand`,
  features: `${TOOLS}.FeatureCommand`,
  'get-offsets': `${TOOLS}.GetOffsetShell`,
  groups: `${TOOLS}.GroupsCommand`,
  'leader-election': `${TOOLS}.LeaderElectionCommand`,
  'log-dirs': `${TOOLS}.LogDirsCommand`,
  'metadata-quorum': `${TOOLS}.MetadataQuorumCommand`,
  'reassign-partitions': `${TOOLS}.reassign.ReassignPartitionsCommand`,
  'share-groups': `${TOOLS}.consumer.group.ShareGroupCommand`,
  'streams-application-reset': `${TOOLS}.StreamsResetter`,
  'streams-groups': `${TOOLS}.streams.StreamsGroupCommand`,
  topics: `${TOOLS}.TopicCommand`,
  transactions: `${TOOLS}.TransactionsCommand`,
};

/** As the configuration of Kafka's scripts has it. */
const LOG4J = `rootLogger.level = WARN
rootLogger.appenderRef.stderr.ref = STDERR
appender.stderr.type = Console
appender.stderr.name = STDERR
appender.stderr.target = SYSTEM_ERR
appender.stderr.layout.type = PatternLayout
appender.stderr.layout.pattern = [%d] %p %m (%c)%n
`;

function startScripts(): RunScript {
  const dir = mkdtempSync(join(tmpdir(), 'ktool-scripts-'));
  const jars = join(KAFKA_JARS, '*');
  execFileSync('javac', ['-nowarn', '-d', dir, '-cp', jars, join(folder, 'ScriptRunner.java')], { stdio: 'ignore' });
  writeFileSync(join(dir, 'log4j2.properties'), LOG4J);
  const options = ['-Xmx512M', '-XX:TieredStopAtLevel=1', `-Dlog4j2.configurationFile=${dir}/log4j2.properties`];
  const child = spawn('java', [...options, '-cp', `${dir}${delimiter}${jars}`, 'ScriptRunner']);
  onTestFinished(() => {
    child.kill('SIGKILL');
    rmSync(dir, { recursive: true, force: true });
  });
  const waiting: ((line: string) => void)[] = [];
  createInterface(child.stdout).on('line', (line) => waiting.shift()?.(line));
  const text = (base64 = '') => Buffer.from(base64, 'base64').toString();
  return async ([script, ...args]) => {
    const answer = new Promise<string>((resolve) => waiting.push(resolve));
    child.stdin.write(`${[CLASSES[script!], ...args].join('\t')}\n`);
    const [status, out, err] = (await answer).split(' ');
    return { status: Number(status), out: text(out), err: text(err) };
  };
}

it.skipIf(whyNot)("Kafka's scripts answer as recorded", { timeout: 1_200_000 }, async () => {
  const recorded = parseAnswers(readFileSync(file, 'utf8'));
  const dir = makeFiles();
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  const cases = recorded.map(([each]) => each);
  const given = await answers(cases, startScripts(), dir);
  if (process.env.KTOOL_RECORD) {
    writeFileSync(file, printAnswers(cases.map((each, i) => [each, given[i]!])));
    return;
  }
  for (const [i, [{ command, rig }, expected]] of recorded.entries())
    expect.soft(given[i], `${command}: ${rig}`).toEqual(expected);
});

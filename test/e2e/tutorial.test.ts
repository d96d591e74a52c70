// What tutorials of all years have their readers type, in a folder that looks like an unpacked Kafka. The commands are those
// of the scripts; only the ports are free ones.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, onTestFinished, test } from 'vitest';
import { kafkaScripts } from '../../src/cli/dist/scripts.ts';
import { freePort } from '../client/scripted-broker.ts';
import { User } from '../helpers/program.ts';

interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

interface Shell {
  readonly child: ChildProcess;
  /** Resolves when standard output has this in it; rejects if it ends without. */
  says(text: string): Promise<void>;
  readonly ended: Promise<Ended>;
}

/** A user in the folder that `ktool dist init` wrote. */
class Reader {
  readonly user = new User();
  readonly home = join(this.user.home, 'my kafka');
  readonly bootstrap: string;

  private constructor(port: number) {
    this.bootstrap = `127.0.0.1:${port}`;
  }

  static async open(): Promise<Reader> {
    const port = await freePort();
    const reader = new Reader(port);
    expect(await reader.user.run(['dist', 'init', 'my kafka'])).toMatchObject({ status: 0, stderr: '' });
    for (const name of ['server.properties', 'kraft/server.properties'])
      reader.edit(name, (text) => text.replaceAll(':9092', `:${port}`).replaceAll(':9093', ':0'));
    return reader;
  }

  edit(name: string, change: (text: string) => string): void {
    const file = join(this.home, 'config', name);
    writeFileSync(file, change(readFileSync(file, 'utf8')));
  }

  start(line: string, input?: string): Shell {
    const child = spawn('/bin/sh', ['-c', `exec ${line.replaceAll('localhost:9092', this.bootstrap)}`], {
      cwd: this.home,
      env: {
        PATH: `${join(this.home, 'bin')}:${process.env.PATH}`,
        HOME: this.user.home,
        XDG_DATA_HOME: this.user.home,
      },
      stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
    });
    child.stdin?.end(input);
    const text = { stdout: '', stderr: '' };
    child.stdout!.on('data', (chunk: Buffer) => (text.stdout += chunk));
    child.stderr!.on('data', (chunk: Buffer) => (text.stderr += chunk));
    const closed = once(child, 'close');
    onTestFinished(async () => {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
      await closed;
    });
    return {
      child,
      async says(wanted) {
        while (!text.stdout.includes(wanted))
          if ((await Promise.race([once(child.stdout!, 'data'), closed.then(() => 'ended')])) === 'ended')
            throw new Error(`${line} ended: ${text.stdout}${text.stderr}`);
      },
      ended: closed.then(() => ({ status: child.exitCode, ...text })),
    };
  }

  run(line: string, input?: string): Promise<Ended> {
    return this.start(line, input).ended;
  }
}

test('a first session: start, create, write, read, look at a group, stop, find it all again', async () => {
  const reader = await Reader.open();
  const zookeeper = reader.start('bin/zookeeper-server-start.sh config/zookeeper.properties');
  await zookeeper.says('No ZooKeeper is needed');
  let broker = reader.start('bin/kafka-server-start.sh config/server.properties');
  await broker.says('[KafkaRaftServer nodeId=1] Kafka Server started');
  const create = 'bin/kafka-topics.sh --create --topic fruit --partitions 3 --replication-factor 1';
  expect(await reader.run(`${create} --bootstrap-server localhost:9092`)).toMatchObject({
    status: 0,
    stdout: 'Created topic fruit.\n',
  });
  expect((await reader.run('kafka-topics --list --bootstrap-server localhost:9092')).stdout).toBe('fruit\n');
  await reader.run(
    'bin/kafka-console-producer.sh --topic fruit --bootstrap-server localhost:9092',
    'apples\n\npears and plums\n',
  );
  const read = 'kafka-console-consumer.sh --bootstrap-server localhost:9092 --topic fruit --from-beginning';
  expect((await reader.run(`${read} --group shop --max-messages 3`)).stdout).toBe('apples\n\npears and plums\n');
  const described = await reader.run('kafka-consumer-groups --bootstrap-server localhost:9092 --describe --group shop');
  expect(described.stdout).toMatch(/shop +fruit +\d +3 +3 +0 +- +- +-/);
  // Kafka's script ends well where it could delete no group; under ktool's own name that is a failure.
  const removal = ['consumer-groups', '--delete', '--group', 'nobody', '--bootstrap-server', reader.bootstrap];
  expect((await reader.run(`kafka-${removal.join(' ')}`)).status).toBe(0);
  expect((await reader.user.run(removal)).status).toBe(1);
  broker.child.kill('SIGTERM');
  expect(await broker.ended).toMatchObject({ status: 143 });
  broker = reader.start('bin/kafka-server-start.sh config/server.properties');
  await broker.says('Kafka Server started');
  expect((await reader.run(`${read} --max-messages 3`)).stdout).toBe('apples\n\npears and plums\n');
  const remove = 'bin/kafka-topics.sh --delete --topic fruit --bootstrap-server localhost:9092';
  expect(await reader.run(remove)).toMatchObject({ status: 0 });
  expect(await reader.run('bin/kafka-server-stop.sh')).toMatchObject({ status: 0 });
  expect(await broker.ended).toMatchObject({ status: 143 });
  expect(await reader.run('bin/zookeeper-server-stop.sh')).toMatchObject({ status: 0 });
  expect(await zookeeper.ended).toMatchObject({ status: 143 });
  expect(await reader.run('bin/zookeeper-server-stop.sh')).toEqual({
    status: 1,
    stdout: 'No zookeeper server to stop\n',
    stderr: '',
  });
});

test('the lessons after that: settings, more partitions, lag, going back, offsets, a second group, what is refused', async () => {
  const reader = await Reader.open();
  reader.edit('server.properties', (text) => text.replace('num.partitions=1', 'num.partitions=2'));
  const broker = reader.start('bin/kafka-server-start.sh config/server.properties --override log.retention.hours=1');
  await broker.says('Kafka Server started');
  const at = '--bootstrap-server localhost:9092';
  const says = async (line: string, input?: string) => (await reader.run(line, input)).stdout;
  // Written to before it was created: it is made with num.partitions.
  await reader.run(
    `bin/kafka-console-producer.sh ${at} --topic orders --producer.config config/producer.properties`,
    'a\nb\n',
  );
  expect(await says(`kafka-topics.sh --describe --topic orders ${at}`)).toContain('PartitionCount: 2');
  const exists = await reader.run(`kafka-topics.sh --create --topic orders ${at}`);
  expect(exists).toMatchObject({ status: 1, stdout: expect.stringContaining("Topic 'orders' already exists.") });
  const tooMany = await reader.run(`kafka-topics.sh --create --topic t --partitions 6 --replication-factor 3 ${at}`);
  expect(tooMany).toMatchObject({ status: 1, stdout: expect.stringContaining('only 1 broker(s) are registered') });
  expect(await says(`kafka-topics.sh --create --topic user.signup.v1 ${at}`)).toContain('WARNING: Due to limitations');
  expect((await reader.run(`kafka-topics.sh --alter --topic orders --partitions 4 ${at}`)).status).toBe(0);
  expect((await reader.run(`kafka-topics.sh --alter --topic orders --partitions 3 ${at}`)).status).toBe(1);
  const consume = `kafka-console-consumer.sh ${at} --topic orders --group shop --from-beginning --max-messages 2`;
  expect((await says(consume)).trim().split('\n').sort()).toEqual(['a', 'b']);
  expect((await says(consume.replace('shop', 'other'))).length).toBe(4);
  const groups = `kafka-consumer-groups.sh ${at}`;
  expect((await says(`${groups} --list`)).trim().split('\n')).toContain('shop');
  expect(await says(`${groups} --describe --group shop --state`)).toContain('Empty');
  const back = `${groups} --reset-offsets --group shop --topic orders --to-earliest --execute`;
  expect(await says(back)).toMatch(/shop +orders +\d +0/);
  expect((await says(consume)).trim().split('\n').sort()).toEqual(['a', 'b']);
  const offsets = await reader.run(
    'kafka-run-class.sh kafka.tools.GetOffsetShell --broker-list localhost:9092 --topic orders',
  );
  expect(offsets.stdout.trim().split('\n')).toHaveLength(4);
  expect(offsets.stderr).toContain('--broker-list is gone: type --bootstrap-server');
  const configs = `kafka-configs.sh ${at} --entity-type topics --entity-name orders`;
  expect(await says(`${configs} --alter --add-config cleanup.policy=compact`)).toBe(
    'Completed updating config for topic orders.\n',
  );
  expect(await says(`${configs} --describe`)).toContain('cleanup.policy=compact');
  expect(await says(`kafka-configs.sh ${at} --entity-type brokers --entity-name 1 --describe --all`)).toContain(
    'log.retention.hours=1 ',
  );
  expect(await says(`kafka-topics.sh --describe --under-replicated-partitions ${at}`)).toBe('');
  const zookeeper = await reader.run('kafka-topics.sh --list --zookeeper localhost:2181');
  expect(zookeeper).toMatchObject({ status: 1, stderr: expect.stringContaining('type --bootstrap-server') });
  expect(await says(`kafka-topics.sh --list ${at}`)).toContain('__consumer_offsets\norders\nuser.signup.v1\n');
  const second = await reader.run('bin/kafka-server-start.sh config/server.properties');
  expect(second.status).toBe(1);
  expect(second.stderr).toMatch(/in use|lock/);
});

test('in the background, with settings of the time of ZooKeeper, stopped by what it is', async () => {
  const reader = await Reader.open();
  reader.edit('server.properties', (text) =>
    text.replace('node.id=1', 'broker.id=0\nzookeeper.connect=localhost:2181').replace(/^process\.roles.*\n/m, ''),
  );
  expect(await reader.run('bin/kafka-server-start.sh -daemon config/server.properties')).toEqual({
    status: 0,
    stdout: '',
    stderr: '',
  });
  onTestFinished(async () => void (await reader.run('env SIGNAL=KILL kafka-server-stop')));
  // Under Kafka's names a script tries on while nothing answers.
  expect((await reader.run('bin/kafka-topics.sh --list --bootstrap-server localhost:9092')).status).toBe(0);
  const log = readFileSync(join(reader.home, 'logs', 'kafkaServer.out'), 'utf8');
  expect(log).toContain('[KafkaRaftServer nodeId=0] Kafka Server started');
  expect(log).toContain('zookeeper.connect');
  expect(await reader.run('bin/kafka-server-stop.sh --node-id=7')).toMatchObject({ status: 0, stdout: '' });
  expect(await reader.run('bin/kafka-server-stop.sh --process-role=controller')).toMatchObject({ status: 0 });
  expect((await reader.user.run(['server', 'status'])).status).toBe(0);
  const stopped = await reader.run('bin/kafka-server-stop.sh --node-id=0');
  expect(stopped).toMatchObject({ status: 0 });
});

test('a directory that was formatted starts with its cluster id', async () => {
  const reader = await Reader.open();
  const directory = join(reader.home, 'data', 'kafka-logs');
  mkdirSync(directory, { recursive: true });
  const formatted = fileURLToPath(new URL('../log/fixtures/kafka-4.3.1/bootstrap.checkpoint', import.meta.url));
  writeFileSync(join(directory, 'bootstrap.checkpoint'), readFileSync(formatted));
  const lines = [
    '#',
    'cluster.id=4L6g3nShT-eMCtK--X86sw',
    'directory.id=UWdL3GbNRGOBeD1yzBA1Dw',
    'node.id=1',
    'version=1',
  ];
  writeFileSync(join(directory, 'meta.properties'), `${lines.join('\n')}\n`);
  const broker = reader.start('bin/kafka-server-start.sh config/kraft/server.properties');
  await broker.says('Kafka Server started');
  const asked = await reader.run('bin/kafka-cluster.sh cluster-id --bootstrap-server localhost:9092');
  expect(asked.stdout).toBe('Cluster ID: 4L6g3nShT-eMCtK--X86sw\n');
});

describe('the scripts', () => {
  test('are all there, with and without .sh', async () => {
    const reader = await Reader.open();
    const names = Object.keys(kafkaScripts).flatMap((name) => [name, `${name}.sh`]);
    expect(readdirSync(join(reader.home, 'bin')).sort()).toEqual(names.sort());
    expect(existsSync(join(reader.home, 'bin', 'windows'))).toBe(false);
  });

  test('work through a link and from any folder', async () => {
    const reader = await Reader.open();
    const elsewhere = mkdtempSync(join(tmpdir(), 'ktool-link-'));
    onTestFinished(() => rmSync(elsewhere, { recursive: true, force: true }));
    symlinkSync(join(reader.home, 'bin', 'kafka-topics.sh'), join(elsewhere, 'kt'));
    expect(await reader.run(`${elsewhere}/kt --version`)).toMatchObject({ status: 0, stdout: '4.3.1\n' });
  });

  test('say when ktool does not do what they are for', async () => {
    const reader = await Reader.open();
    expect(await reader.run('bin/connect-mirror-maker.sh config/connect-mirror-maker.properties')).toMatchObject({
      status: 255,
      stdout: '',
      stderr:
        "ktool does not run Kafka Connect: use Apache Kafka's own connect-mirror-maker, with this broker in bootstrap.servers\n",
    });
  });

  test('start classes of Kafka by name, today and of old', async () => {
    const reader = await Reader.open();
    const version = (name: string) => reader.run(`bin/kafka-run-class.sh -loggc -name x ${name} --version`);
    expect((await version('org.apache.kafka.tools.TopicCommand')).stdout).toBe('4.3.1\n');
    expect((await version('kafka.tools.GetOffsetShell')).stdout).toBe('4.3.1\n');
    expect(await version('my.own.Tool')).toMatchObject({ status: 1, stdout: '' });
    expect(await reader.run('bin/kafka-run-class.sh')).toMatchObject({
      status: 1,
      stdout: expect.stringMatching(/^USAGE: /),
    });
  });
});

describe('ktool dist init', () => {
  test('brings an earlier folder up to date and keeps its settings', async () => {
    const reader = await Reader.open();
    reader.edit('producer.properties', () => 'acks=1\n');
    rmSync(join(reader.home, 'bin', 'kafka-topics'));
    const again = await reader.user.run(['dist', 'init', 'my kafka']);
    expect(again.status).toBe(0);
    expect(again.stderr).toContain('kept as it was: config/producer.properties\n');
    expect(readFileSync(join(reader.home, 'config/producer.properties'), 'utf8')).toBe('acks=1\n');
    expect(existsSync(join(reader.home, 'bin', 'kafka-topics'))).toBe(true);
  });

  test('touches no folder of others', async () => {
    const user = new User();
    mkdirSync(join(user.home, 'kafka'));
    writeFileSync(join(user.home, 'kafka', 'precious'), '');
    const refused = await user.run(['dist', 'init', 'kafka']);
    expect(refused.status).toBe(1);
    expect(refused.stderr).toContain('kafka is not empty, and not of ktool');
    expect(readdirSync(join(user.home, 'kafka'))).toEqual(['precious']);
    expect((await user.run(['dist', 'init'])).stderr).toContain('Which folder is it to be?');
  });
});

// What tutorials of all years have their readers type, in a folder that looks like an unpacked Kafka. The commands are those
// of the scripts; only the ports are free ones.
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
import { describe, expect, onTestFinished, test } from 'vitest';
import { goneScripts } from '../../../src/cli/dist/gone-scripts.ts';
import { kafkaScripts } from '../../../src/cli/dist/scripts.ts';
import { User } from '../../helpers/program.ts';
import { Reader } from '../../helpers/reader.ts';

describe('the scripts', () => {
  test('are all there, with and without .sh', async () => {
    const reader = await Reader.open();
    const names = [kafkaScripts, goneScripts].flatMap(Object.keys).flatMap((name) => [name, `${name}.sh`]);
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

  test('of versions before 4.0 say what to type today', async () => {
    const reader = await Reader.open();
    expect(await reader.run('bin/kafka-preferred-replica-election.sh --zookeeper localhost:2181')).toEqual({
      status: 1,
      stdout: '',
      stderr:
        'Kafka has no kafka-preferred-replica-election any more: type kafka-leader-election --election-type preferred --all-topic-partitions --bootstrap-server HOST:9092\n',
    });
    expect(await reader.run('trogdor.sh agent')).toMatchObject({
      status: 1,
      stderr: "ktool does not have trogdor: use Apache Kafka's own script for it\n",
    });
  });

  test('start classes of Kafka by name, today and of old', async () => {
    const reader = await Reader.open();
    const version = (name: string) => reader.run(`bin/kafka-run-class.sh -loggc -name x ${name} --version`);
    expect((await version('org.apache.kafka.tools.TopicCommand')).stdout).toBe('4.3.1\n');
    expect((await version('kafka.tools.GetOffsetShell')).stdout).toBe('4.3.1\n');
    expect(await version('my.own.Tool')).toMatchObject({ status: 1, stdout: '' });
    expect(await reader.run('bin/kafka-run-class.sh kafka.tools.ConsumerOffsetChecker --group g')).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('no more, type kafka-consumer-groups --describe --group GROUP'),
    });
    expect(await reader.run('bin/kafka-run-class.sh kafka.tools.ExportZkOffsets')).toMatchObject({
      stderr: expect.stringContaining('--to-current --export'),
    });
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

import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ApiVersions } from '../../src/protocol/messages/api-versions.ts';
import { connect } from '../helpers/client.ts';
import { program, type RunningProgram, User } from '../helpers/program.ts';

interface Started {
  pid: number;
  nodeId: number;
  address: string;
  port: number;
  dataDir: string | null;
  clusterId: string;
}
const ANYWHERE = ['server', 'start', '--port', '0', '--json'];
const started = async (program: RunningProgram): Promise<Started> => JSON.parse(await program.line());

describe('ktool server start', () => {
  test('says where it serves, where its data is, how to stop it and what to type next', async () => {
    const user = new User();
    const broker = user.start(['server', 'start', '--port', '0']);
    const lines: string[] = [];
    while (!lines.at(-1)?.includes('console-consumer')) lines.push(await broker.line());
    const address = /^ {2}Address {3}(127\.0\.0\.1:(\d+))$/m.exec(lines.join('\n'));
    expect(lines[0]).toMatch(/\[KafkaRaftServer nodeId=1\] Kafka Server started$/);
    expect(lines).toContain(`  Data      ${join(user.home, 'ktool', 'data')}`);
    expect(lines).toContain(`  Stop      Ctrl-C, or: node ${program} server stop --port ${address?.[2]}`);
    expect(lines).toContain(
      `  Next      node ${program} topics --bootstrap-server ${address?.[1]} --create --topic orders`,
    );
    const client = await connect({ port: Number(address?.[2]) });
    expect((await client.request(ApiVersions, 0, {})).errorCode).toBe(0);
  });

  test('keeps its data directory and cluster over a restart', async () => {
    const user = new User();
    const first = user.start(ANYWHERE);
    const { clusterId, dataDir } = await started(first);
    first.child.kill('SIGTERM');
    expect(await first.ended).toMatchObject({ status: 0, stderr: '' });
    expect(existsSync(join(dataDir ?? '', '.kafka_cleanshutdown'))).toBe(true);
    expect(await started(user.start(ANYWHERE))).toMatchObject({ clusterId, dataDir });
  });

  test('makes the cluster that KTOOL_CLUSTER_ID names', async () => {
    const clusterId = 'b3JkZXJzLW9mLWEtc2hvcA';
    const program = new User().start([...ANYWHERE, '--ephemeral'], { KTOOL_CLUSTER_ID: clusterId });
    expect(await started(program)).toMatchObject({ clusterId });
  });

  test('takes a properties file, overrides, and the name of the script', async () => {
    const user = new User();
    const logs = join(user.home, 'kept here');
    writeFileSync(
      join(user.home, 'server.properties'),
      `node.id=7\nlisteners=PLAINTEXT://127.0.0.1:0\nlog.dirs=${logs}\nnum.partitions=3\n`,
    );
    const program = user.start(['kafka-server-start.sh', 'server.properties', '--override', 'node.id=8', '--json']);
    expect(await started(program)).toMatchObject({ nodeId: 8, dataDir: logs });
    expect(readdirSync(logs)).toContain('meta.properties');
  });

  test('keeps nothing with --ephemeral', async () => {
    const user = new User();
    const program = user.start([...ANYWHERE, '--ephemeral']);
    expect(await started(program)).toMatchObject({ dataDir: null });
    program.child.kill('SIGINT');
    expect(await program.ended).toMatchObject({ status: 0 });
    expect(existsSync(join(user.home, 'ktool', 'data'))).toBe(false);
  });

  test.each([
    ['SIGTERM', 143],
    ['SIGINT', 130],
  ] as const)("ends on %s as Kafka's script does where that is asked for", async (signal, status) => {
    const program = new User().start(ANYWHERE, { KTOOL_COMPAT: 'kafka' });
    await started(program);
    program.child.kill(signal);
    expect(await program.ended).toMatchObject({ status });
  });

  test('stops within five seconds with clients connected', async () => {
    const program = new User().start(ANYWHERE);
    const { port } = await started(program);
    const client = await connect({ port });
    await client.request(ApiVersions, 0, {});
    const before = performance.now();
    program.child.kill('SIGTERM');
    await client.closed;
    expect(await program.ended).toMatchObject({ status: 0 });
    expect(performance.now() - before).toBeLessThan(5_000);
  });

  test('goes on when nobody reads its output any more', async () => {
    const user = new User();
    const program = user.start(ANYWHERE);
    const { port } = await started(program);
    program.child.stdout.destroy();
    program.child.stderr.destroy();
    const client = await connect({ port });
    client.send('GET / HTTP/1.1\r\n\r\n');
    await client.closed;
    expect((await (await connect({ port })).request(ApiVersions, 0, {})).errorCode).toBe(0);
  });

  test('goes on when its terminal is closed and its output is elsewhere', async () => {
    const program = new User().start(ANYWHERE);
    const { port } = await started(program);
    program.child.kill('SIGHUP');
    expect((await (await connect({ port })).request(ApiVersions, 0, {})).errorCode).toBe(0);
    program.child.kill('SIGTERM');
    expect(await program.ended).toMatchObject({ status: 0 });
  });

  test('starts again where it was killed', async () => {
    const user = new User();
    const killed = user.start(ANYWHERE);
    const { clusterId } = await started(killed);
    killed.child.kill('SIGKILL');
    await killed.ended;
    expect((await user.run(['server', 'status'])).status).toBe(1);
    expect(await started(user.start(ANYWHERE))).toMatchObject({ clusterId });
  });
});

describe('ktool server start fails with one line that says what to do', () => {
  test('when the port is in use', async () => {
    const user = new User();
    const { port, pid } = await started(user.start([...ANYWHERE, '--ephemeral']));
    const second = await user.run(['server', 'start', '--ephemeral', '--port', String(port)]);
    expect(second).toEqual({
      status: 1,
      stdout: '',
      stderr: expect.stringMatching(
        new RegExp(
          `^Cannot listen on 127\\.0\\.0\\.1:${port}: Address already in use\\..*\\nA broker of yours \\(process ${pid}\\) listens there; to stop it: node ${program} server stop --port ${port}\\n$`,
        ),
      ),
    });
  });

  test('when another broker has the data directory', async () => {
    const user = new User();
    const { pid } = await started(user.start(ANYWHERE));
    const { status, stderr } = await user.run(ANYWHERE);
    expect(status).toBe(1);
    expect(stderr).toMatch(
      /^Failed to acquire lock .*\. Stop that one, or choose another directory with --data-dir\.\n$/,
    );
    expect(stderr).toContain(`(process ${pid})`);
  });

  test.each([
    [['missing.properties'], /^Cannot read the properties file missing\.properties: ENOENT.*\n$/],
    [['a', 'b'], /^Found non argument parameters: b\n$/],
    [
      ['--host', '192.0.2.1', '--port', '0', '--insecure'],
      /^INSECURE: .*\n192\.0\.2\.1:0 is no address of this machine: choose another with --host\n$/,
    ],
    [
      ['--override', 'num.partitions=many'],
      /^Invalid value many for configuration num\.partitions: .*--override num\.partitions=many\)\n$/,
    ],
    [['--override', 'nothing'], /^Invalid property 'nothing': key=value expected\n$/],
    [['--prot', '1'], /^prot is not a recognized option\nDid you mean --port\?\n$/],
  ])('for %j', async (argv, message) => {
    const { status, stdout, stderr } = await new User().run(['server', 'start', ...argv]);
    expect([status, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(message);
  });

  test("without any settings, where everything is Kafka's", async () => {
    const ended = await new User().run(['kafka-server-start.sh'], { KTOOL_COMPAT: 'kafka' });
    const usage = 'USAGE: kafka-server-start [-daemon] server.properties [--override property=value]*\n';
    expect(ended).toEqual({ status: 1, stdout: usage, stderr: '' });
  });

  test('when the data directory is a file', async () => {
    const user = new User();
    writeFileSync(join(user.home, 'file'), '');
    const { status, stderr } = await user.run(['server', 'start', '--port', '0', '--data-dir', 'file']);
    expect(status).toBe(1);
    expect(stderr).toMatch(/file': that is no directory\. Choose another with --data-dir\.\n$/);
  });

  test('when the data directory cannot be made', async () => {
    const user = new User();
    writeFileSync(join(user.home, 'file'), '');
    const { status, stderr } = await user.run(['server', 'start', '--port', '0', '--data-dir', 'file/data']);
    expect(status).toBe(1);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
    expect(stderr).toContain(join(user.home, 'file/data'));
  });
});

describe('ktool server stop and status', () => {
  test('find the brokers of a user, all or by port, node and directory', async () => {
    const user = new User();
    const one = user.start(ANYWHERE);
    const two = user.start([...ANYWHERE, '--data-dir', 'elsewhere', '--override', 'node.id=2']);
    const [first, second] = [await started(one), await started(two)];
    const status = async (...argv: string[]) =>
      JSON.parse((await user.run(['server', 'status', '--json', ...argv])).stdout);
    expect(await status()).toEqual([first, second].sort((a, b) => a.port - b.port));
    expect(await status('--node-id', '2')).toEqual([second]);
    expect(await status('--data-dir', 'elsewhere')).toEqual([second]);
    expect(await user.run(['server', 'stop', '--port', String(first.port)])).toMatchObject({
      status: 0,
      stdout: `Stopped the broker on ${first.address} (process ${first.pid})\n`,
    });
    expect(await one.ended).toMatchObject({ status: 0 });
    expect((await user.run(['server', 'status'])).stdout).toBe(
      `Broker 2 serves on ${second.address} (process ${second.pid}, data ${join(user.home, 'elsewhere')}, cluster ${second.clusterId})\n`,
    );
    await user.run(['server', 'stop']);
    expect(await two.ended).toMatchObject({ status: 0 });
  });

  test('say so when there is none', async () => {
    const user = new User();
    expect(await user.run(['server', 'stop'])).toEqual({ status: 1, stdout: 'No kafka server to stop\n', stderr: '' });
    expect(await user.run(['server', 'status'])).toMatchObject({ status: 1, stdout: 'No kafka server is running\n' });
    expect(await user.run(['server', 'status', '--json'])).toMatchObject({ status: 1, stdout: '[]\n' });
  });

  test('leave alone a process that has the number of a broker that was killed', async () => {
    const user = new User();
    const run = join(user.home, 'ktool', 'run');
    mkdirSync(run, { recursive: true });
    const entry = {
      pid: process.pid,
      nodeId: 1,
      address: 'x:1',
      port: 1,
      dataDir: null,
      clusterId: 'x',
      processStart: '1',
    };
    writeFileSync(join(run, `${process.pid}.json`), JSON.stringify(entry));
    expect(await user.run(['kafka-server-stop.sh'])).toMatchObject({ status: 1, stdout: 'No kafka server to stop\n' });
    expect(readdirSync(run)).toEqual([]);
  });
});

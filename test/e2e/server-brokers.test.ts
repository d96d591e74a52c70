// Several brokers in one process, from the command line.
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type RunningProgram, User } from '../helpers/program.ts';

interface Started {
  pid: number;
  clusterId: string;
  dataDir: string;
  nodes: { nodeId: number; address: string; port: number; running: boolean }[];
}
const THREE = ['server', 'start', '--brokers', '3', '--port', '0', '--json'];
const started = async (program: RunningProgram): Promise<Started> => JSON.parse(await program.line());

test('one broker of three is stopped and started by command while the others serve', { timeout: 20_000 }, async () => {
  const user = new User();
  const { nodes, pid } = await started(user.start([...THREE, '--ephemeral']));
  expect(nodes.map(({ nodeId }) => nodeId)).toEqual([1, 2, 3]);
  const bootstrap = ['--bootstrap-server', nodes[0]!.address];
  const topic = ['--topic', 't', '--partitions', '1', '--replication-factor', '3'];
  await user.run(['topics', ...bootstrap, '--create', ...topic]);
  const [, second] = nodes;
  expect(await user.run(['server', 'stop', '--broker', '2'])).toEqual({
    status: 0,
    stdout: `Stopped broker 2 on ${second!.address}; the others of process ${pid} go on\n`,
    stderr: '',
  });
  const { stdout } = await user.run(['topics', ...bootstrap, '--describe', '--topic', 't']);
  expect(/Isr: (\S+)/.exec(stdout)?.[1]?.split(',').sort()).toEqual(['1', '3']);
  expect((await user.run(['server', 'status'])).stdout).toContain(`Broker 2 is stopped on ${second!.address} (process`);
  expect(await user.run(['server', 'stop', '--node-id', '2'])).toMatchObject({
    status: 1,
    stderr: `Broker 2 on ${second!.address} is stopped already\n`,
  });
  expect(await user.run(['server', 'start', '--broker', '2', '--json'])).toMatchObject({ status: 0 });
  const all = JSON.parse((await user.run(['server', 'status', '--json'])).stdout);
  expect(all[0].nodes).toEqual(nodes);
  const mistakes = [
    ['9', '', 'No process that you started on this machine has a broker 9: see ktool server status\n'],
    ['2', '', `Broker 2 on ${second!.address} is running already\n`],
    ['2', '--ephemeral', '--broker starts a broker of a process that runs: ephemeral cannot be said with it\n'],
  ];
  for (const [id, more, stderr] of mistakes) {
    const argv = ['server', 'start', '--broker', id!, ...(more ? [more] : [])];
    expect(await user.run(argv)).toEqual({ status: 1, stdout: '', stderr });
  }
});

test('a restart keeps ids and data; fewer brokers than there are replicas are refused', {
  timeout: 20_000,
}, async () => {
  const user = new User();
  const first = user.start(THREE);
  const before = await started(first);
  const bootstrap = ['--bootstrap-server', before.nodes[0]!.address];
  await user.run(['topics', ...bootstrap, '--create', '--topic', 't', '--replication-factor', '3']);
  first.child.kill('SIGTERM');
  expect(await first.ended).toMatchObject({ status: 0, stderr: '' });
  const fewer = await user.run(['server', 'start', '--port', '0']);
  expect(fewer.status).toBe(1);
  expect(fewer.stderr).toMatch(
    /^The data directory belongs to a cluster of more brokers: 2, 3 have replicas .* --brokers 3/,
  );
  const again = user.start(THREE);
  const after = await started(again);
  expect(after).toMatchObject({ clusterId: before.clusterId, dataDir: before.dataDir });
  const { stdout } = await user.run([
    'topics',
    '--bootstrap-server',
    after.nodes[1]!.address,
    '--describe',
    '--topic',
    't',
  ]);
  expect(/Isr: (\S+)/.exec(stdout)?.[1]?.split(',').sort()).toEqual(['1', '2', '3']);
});

test.skipIf(process.platform === 'win32')('only its user can command a process', { timeout: 20_000 }, async () => {
  const user = new User();
  const program = user.start([...THREE, '--ephemeral']);
  const { pid } = await started(program);
  const note = join(user.home, 'ktool', 'run', `${pid}.json`);
  const { control } = JSON.parse(readFileSync(note, 'utf8'));
  expect(statSync(note).mode & 0o777).toBe(0o600);
  expect(statSync(control).mode & 0o777).toBe(0o600);
  expect(statSync(join(control, '..')).mode & 0o777).toBe(0o700);
  program.child.kill('SIGTERM');
  await program.ended;
  expect(() => statSync(control)).toThrow('ENOENT');
});

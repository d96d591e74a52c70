// Several brokers in one process, from the command line.
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { freePort } from '../helpers/free-port.ts';
import { type RunningProgram, User } from '../helpers/program.ts';

interface Started {
  pid: number;
  clusterId: string;
  dataDir: string;
  nodes: { nodeId: number; address: string; port: number; running: boolean }[];
}
const three = (port: number) => ['server', 'start', '--brokers', '3', '--port', String(port), '--json'];
const started = async (program: RunningProgram): Promise<Started> => JSON.parse(await program.line());

test('one broker of three is stopped and started by command while the others serve', async () => {
  const user = new User();
  const first = await freePort(3);
  const { nodes, pid } = await started(user.start([...three(first), '--ephemeral']));
  expect(nodes.map(({ nodeId, port }) => [nodeId, port])).toEqual([1, 2, 3].map((id, i) => [id, first + i]));
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

test('a restart keeps ids and data; fewer brokers than there are replicas are refused', async () => {
  const user = new User();
  const first = user.start(three(0));
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
  const again = user.start(three(0));
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

test.skipIf(process.platform === 'win32')('only its user can command a process', async () => {
  const user = new User();
  const program = user.start([...three(0), '--ephemeral']);
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

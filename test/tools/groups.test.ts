import { beforeEach, expect, test } from 'vitest';
import { createAdmin } from '../../src/client/admin.ts';
import groups from '../../src/commands/groups.ts';
import { capture } from '../cli/capture.ts';
import { startTestBroker } from '../helpers/broker.ts';

let address: string;

async function run(line: string, columns?: number) {
  const { stdout, output } = capture(columns === undefined ? {} : { columns, env: { NO_COLOR: '1' } });
  const status = await groups.execute(['--bootstrap-server', address, ...line.split(' ')], { env: {}, output });
  return { stdout: stdout.text, status };
}

/** A group with offsets alone, and a share group. */
beforeEach(async () => {
  address = (await startTestBroker()).address;
  const admin = await createAdmin({ 'bootstrap.servers': address });
  await admin.createTopics([{ name: 'orders', numPartitions: 1 }]);
  await admin.alterGroupOffsets('billing', [{ topic: 'orders', partition: 0, offset: 0 }]);
  await admin.alterShareGroupOffsets('workers', [{ topic: 'orders', partition: 0, offset: 0 }]);
  await admin.close();
});

test('--json, and each filter', async () => {
  const names = async (line: string) =>
    (JSON.parse((await run(`--list --json ${line}`.trim())).stdout) as { group: string }[]).map(({ group }) => group);
  expect(JSON.parse((await run('--list --json --share')).stdout)).toEqual([
    { group: 'workers', type: 'Share', protocol: 'share' },
  ]);
  expect((await names('')).sort()).toEqual(['billing', 'workers']);
  expect(await names('--consumer')).toEqual(['billing']);
  expect(await names('--streams')).toEqual([]);
  expect(await names('--group-type SHARE')).toEqual(['workers']);
  expect(await names('--group-type share --protocol consumer')).toEqual([]);
  expect(await names('--protocol share')).toEqual(['workers']);
});

test('cells of 20 columns in a pipe, a table at a terminal', async () => {
  expect(await run('--list --share')).toEqual({
    stdout:
      'GROUP                TYPE                 PROTOCOL            \nworkers              Share                share                \n',
    status: 0,
  });
  expect((await run('--list --share', 80)).stdout).toBe('Group    Type   Protocol\nworkers  Share  share\n');
});

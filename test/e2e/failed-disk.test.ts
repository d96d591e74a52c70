// The program on a disk that fails under it: node:fs gets a write that gives EIO once a file says so.
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ErrorCode } from '../../src/protocol/errors.ts';
import { CreateTopics } from '../../src/protocol/messages/create-topics.ts';
import { connect } from '../helpers/client.ts';
import { User } from '../helpers/program.ts';

const BROKEN_DISK = `
  const fs = require('node:fs');
  const write = fs.writeSync;
  fs.writeSync = (fd, ...rest) => {
    if (fd > 2 && fs.existsSync(process.env.DISK_IS_BROKEN))
      throw Object.assign(new Error('EIO: i/o error, write'), { code: 'EIO', errno: -5, syscall: 'write' });
    return write(fd, ...rest);
  };
`;

test('the broker says why it stops when its last log directory has failed, and ends with 1', async () => {
  const user = new User();
  const [script, broken] = [join(user.home, 'broken-disk.cjs'), join(user.home, 'broken')];
  writeFileSync(script, BROKEN_DISK);
  const dataDir = join(user.home, 'data');
  const program = user.start(['server', 'start', '--port', '0', '--json', '--data-dir', dataDir], {
    NODE_OPTIONS: `--require ${script}`,
    DISK_IS_BROKEN: broken,
  });
  const { port } = JSON.parse(await program.line());
  const client = await connect({ port });
  const topic = { name: 't', numPartitions: 1, replicationFactor: 1, assignments: [], configs: [] };
  writeFileSync(broken, '');
  const answer = await client.request(CreateTopics, 7, { topics: [topic], timeoutMs: 5000 }).catch(() => undefined);
  expect(answer?.topics[0]?.errorCode).not.toBe(ErrorCode.NONE);

  const { status, stderr } = await program.ended;
  expect(status).toBe(1);
  expect(stderr).toMatch(/ERROR Stopping serving logs in dir .*data: Error: EIO/);
  expect(stderr).toContain(`FATAL Shutdown broker because all log dirs in ${dataDir} have failed`);
  expect(existsSync(join(dataDir, '.kafka_cleanshutdown'))).toBe(false);
});

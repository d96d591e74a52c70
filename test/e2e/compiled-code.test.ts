import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import module from 'node:module';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { startTestBroker } from '../helpers/broker.ts';
import { run } from '../helpers/console.ts';

const folder = fileURLToPath(new URL('../../dist/cache', import.meta.url));
const bundle = fileURLToPath(new URL('../../dist/scripts.cjs', import.meta.url));

/** What is kept of this command for the bundle as it is now. */
function kept(command: string): string | undefined {
  const start = `${readFileSync(bundle, 'latin1').slice(3, 19)}-${process.version}-`;
  const name = readdirSync(folder).find((file) => file.startsWith(start) && file.endsWith(`-${command}`));
  return name && `${folder}/${name}`;
}

test.skipIf('enableCompileCache' in module)(
  'compiled code is kept for the next run; damaged, it is made anew',
  async () => {
    const { port } = await startTestBroker();
    const list = () => run(['kafka-client-metrics.sh', '--bootstrap-server', `127.0.0.1:${port}`, '--list']);
    const first = await list();
    expect(first).toMatchObject({ status: 0, stderr: '' });

    const file = kept('kafka-client-metrics.sh')!;
    const compiled = readFileSync(file).length;
    for (const damage of [Buffer.alloc(0), Buffer.alloc(compiled, 7), readFileSync(file).subarray(0, 1000)]) {
      writeFileSync(file, damage);
      expect(await list()).toEqual(first);
      expect(readFileSync(file).length).toBeGreaterThan(compiled / 2);
    }
  },
);

test.skipIf('enableCompileCache' in module)(
  'a help text and a failure are no samples of what a command needs',
  async () => {
    const before = kept('kafka-groups.sh');
    if (before) rmSync(before);
    const env = { XDG_CONFIG_HOME: '/nonexistent' };
    await run(['kafka-groups.sh', '--help'], '', env);
    await run(['kafka-groups.sh', '--bootstrap-server', '127.0.0.1:1', '--nonsense'], '', env);
    expect(kept('kafka-groups.sh')).toBeUndefined();
  },
);

// What a program gets that installs ktool from a package.
import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { environment } from '../helpers/environment.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  types: string;
  exports: { '.': { types: string; default: string } };
};

/** What Node prints, whether it ends well or not. */
const node = (...argv: string[]) =>
  promisify(execFile)(process.execPath, argv, { cwd: root, env: environment }).catch(
    (failed: { stdout: string }) => failed,
  );

test('the library has types that a strict program can use', async () => {
  expect(await node('bin/build.js', '--types')).toEqual({ stdout: '', stderr: '' });
  const types = join(root, manifest.exports['.'].types);
  expect(existsSync(types)).toBe(true);
  expect(join(root, manifest.types)).toBe(types);
  const folder = mkdtempSync(join(tmpdir(), 'ktool-types-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const program = `import { type Broker, startBroker } from 'ktool';
    const broker: Broker = await startBroker({ ephemeral: true, port: 0 });
    export const port: string = broker.port;
    const [produced] = broker.requests.of('Produce', { where: ({ body }) => body.acks === 1 });
    export const transactionalId: string | null | undefined = produced?.body.transactionalId;
    broker.faults.next('Produce', { error: 'NOT_LEADER_OR_FOLLOWER' }, { topic: 'orders', times: 2 }).release();
    broker.faults.next('Produce', { error: 'NOT_A_LEADER' });
    await broker.advance(1000);`;
  writeFileSync(join(folder, 'program.mts'), program);
  const compilerOptions = {
    target: 'es2023',
    module: 'nodenext',
    strict: true,
    noEmit: true,
    types: ['node'],
    typeRoots: [join(root, 'node_modules/@types')],
    paths: { ktool: [types] },
  };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['program.mts'] }));
  const { stdout } = await node(join(root, 'node_modules/typescript/bin/tsc'), '-p', folder);
  const errors = [...stdout.matchAll(/^\S*program\.mts\((\d+,\d+)\): error (\w+)/gm)].map(([, ...where]) => where);
  expect(errors).toEqual([
    ['3,18', 'TS2322'],
    ['7,37', 'TS2322'],
  ]);
});

test('the bundle that is packed starts a broker', async () => {
  const { startBroker } = (await import(
    join(root, manifest.exports['.'].default)
  )) as typeof import('../../src/index.ts');
  const broker = await startBroker({ ephemeral: true, port: 0 });
  expect(broker.address).toBe(`127.0.0.1:${broker.port}`);
  await broker.close();
});

// The completion scripts in the shells they are for, as far as those are on the machine.
import { execFile, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Broker, startBroker } from '../../src/broker/start.ts';
import { createAdmin } from '../../src/client/admin.ts';
import { environment } from '../helpers/environment.ts';

const exec = promisify(execFile);
const program = fileURLToPath(new URL('../../bin/run.js', import.meta.url));
const shells = { bash: hasShell('bash'), fish: hasShell('fish') };
let folder = '';
let broker: Broker;

function hasShell(name: string): boolean {
  return spawnSync(name, ['--version']).status === 0;
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ktool-completion-'));
  writeFileSync(join(folder, 'ktool'), `#!/bin/sh\nexec '${process.execPath}' '${program}' "$@"\n`);
  chmodSync(join(folder, 'ktool'), 0o755);
  writeFileSync(join(folder, 'server one.properties'), '');
  mkdirSync(join(folder, '.config', 'ktool'), { recursive: true });
  writeFileSync(join(folder, '.config', 'ktool', 'contexts.json'), '{"contexts":{"prod":{"bootstrapServer":"p:1"}}}');
  broker = await startBroker({ port: 0 });
  const admin = await createAdmin({ 'bootstrap.servers': broker.address });
  await admin.createTopics([{ name: 'orders' }, { name: 'payments' }]);
  await admin.alterGroupOffsets('billing', [{ topic: 'orders', partition: 0, offset: 0 }]);
  await admin.close();
});
afterAll(async () => {
  await broker.close();
  rmSync(folder, { recursive: true });
});

/** Each case: the words before the cursor, and what is offered. */
const CASES: readonly (readonly [words: readonly string[], offered: readonly string[]])[] = [
  [['top'], ['topics']],
  [
    ['server', 'sta'],
    ['start', 'status'],
  ],
  [['server', 'start', '--po'], ['--port']],
  [
    ['topics', '--de'],
    ['--delete', '--describe'],
  ],
  [['topics', '--topic', 'or'], ['orders']],
  [['consumer-groups', '--describe', '--group', ''], ['billing']],
  [['server', 'start', 'serv'], ['server one.properties']],
  [['context', 'use', 'pr'], ['prod']],
  [['topics', '--list', '--output', 'c'], ['csv']],
  [['topics', '--wat'], ['--watch']],
];

const env = () => ({
  ...environment,
  KTOOL_COMPAT: '',
  HOME: folder,
  XDG_CONFIG_HOME: join(folder, '.config'),
  PATH: `${folder}:${process.env.PATH}`,
  KTOOL_BOOTSTRAP_SERVER: broker.address,
});
const lines = (text: string) => text.split('\n').filter((line) => line !== '');

describe.skipIf(!shells.bash)('bash', () => {
  test.each(CASES)('%j', async (words, offered) => {
    const script = `source <(ktool completion bash); COMP_WORDS=(ktool "$@"); COMP_CWORD=$#; _ktool; printf '%s\\n' "\${COMPREPLY[@]}"`;
    const { stdout } = await exec('bash', ['-c', script, 'bash', ...words], { cwd: folder, env: env() });
    expect(lines(stdout).sort()).toEqual([...offered]);
  });
});

describe.skipIf(!shells.fish)('fish', () => {
  test.each(CASES)('%j', async (words, offered) => {
    const line = ['ktool', ...words].join(' ');
    const script = `ktool completion fish | source; complete -C '${line}'`;
    const { stdout } = await exec('fish', ['-c', script], { cwd: folder, env: env() });
    const found = lines(stdout).map((each) => each.split('\t')[0]?.replaceAll('\\', ''));
    expect(found.sort()).toEqual([...offered]);
  });
});

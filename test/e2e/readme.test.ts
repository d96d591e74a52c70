// The session in README.md does what it says. A terminal gets tables where this test reads Kafka's text, so what is compared
// of the output is the records.
import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { environment } from '../helpers/environment.ts';
import { freePort } from '../helpers/free-port.ts';
import { User } from '../helpers/program.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const START = 'npm start';
const readme = readFileSync(`${root}README.md`, 'utf8');
const session = /^## A session\n([\s\S]*?)^## /m.exec(readme)?.[1] ?? '';
const program = /^## In tests\n[\s\S]*?\n((?: {4}.*\n|\n)+)/m.exec(readme)?.[1] ?? '';
const security = /^### Security\n([\s\S]*?)^### /m.exec(readme)?.[1] ?? '';
/** What is typed; a line that ends in a backslash goes on. */
const linesOf = (text: string) =>
  [...text.replace(/\\\n */g, '').matchAll(/^ {4}\$ (.*)$/gm)].map(([, command]) => command ?? '');
const commands = linesOf(session);

test('the session of the README', async () => {
  const user = new User();
  const port = await freePort();
  const env = {
    ...environment,
    KTOOL_COMPAT: '',
    XDG_DATA_HOME: user.home,
    KTOOL_BOOTSTRAP_SERVER: `127.0.0.1:${port}`,
  };
  const startBroker = () => user.start(['server', 'start', '--port', String(port)]);
  const shell = async (command: string) =>
    (await promisify(execFile)('sh', ['-c', command], { cwd: root, env })).stdout.trim().split('\n');
  const printed: string[][] = [];
  let broker = startBroker();
  expect(await broker.line()).toContain('Kafka Server started');
  for (const command of commands.filter((each) => each !== START)) {
    printed.push(await shell(command));
    if (!command.endsWith('server stop')) continue;
    expect(await broker.ended).toMatchObject({ status: 0 });
    broker = startBroker();
    expect(await broker.line()).toContain('Kafka Server started');
  }
  expect(printed[0]).toEqual(['Created topic orders.']);
  expect(printed).toContainEqual(['apples', 'pears']);
  expect(printed).toContainEqual(['plums']);
  expect(JSON.parse(printed.at(-1)?.[0] ?? '')).toMatchObject({ topic: 'orders', offset: 0, value: 'apples' });
});

test('the security chapter of the README', async () => {
  const user = new User();
  const ports = new Map([
    ['9093', String(await freePort())],
    ['9094', String(await freePort())],
  ]);
  const moved = (text: string) => text.replace(/\b909[34]\b/g, (port) => ports.get(port)!);
  for (const [name, first] of Object.entries({
    passwords: 'listeners=SASL_SSL',
    admin: 'security.protocol=SASL_SSL',
  })) {
    const block = new RegExp(`^    ${first}.*\\n(?:    .*\\n)+`, 'm').exec(security)?.[0] ?? '';
    writeFileSync(join(user.home, `${name}.properties`), moved(block.replace(/^ {4}/gm, '')));
  }
  const shell = join(user.home, 'bin');
  mkdirSync(shell);
  writeFileSync(join(shell, 'ktool'), `#!/bin/sh\nexec '${process.execPath}' '${root}bin/run.js' "$@"\n`, {
    mode: 0o755,
  });
  const env: NodeJS.ProcessEnv = {
    ...{ ...environment, KTOOL_COMPAT: '', XDG_DATA_HOME: user.home, XDG_CONFIG_HOME: user.home },
    PATH: `${shell}:${process.env.PATH}`,
  };
  const printed: string[] = [];
  for (const command of linesOf(security).map(moved)) {
    const [, address] = /^export KTOOL_BOOTSTRAP_SERVER=(.*)$/.exec(command) ?? [];
    if (address !== undefined) env.KTOOL_BOOTSTRAP_SERVER = address;
    else if (command.startsWith('ktool server start')) {
      const file = join(user.home, command.split(/\s+/)[3]!);
      writeFileSync(file, moved(readFileSync(file, 'utf8')));
      expect(await user.start(command.split(/\s+/).slice(1)).line()).toContain('Kafka Server started');
    } else printed.push((await promisify(execFile)('sh', ['-c', command], { cwd: user.home, env })).stdout);
  }
  expect(printed).toEqual([
    expect.stringContaining('server.properties'),
    'Created topic orders.\n',
    expect.stringContaining('principal=User:alice, host=*, operation=READ, permissionType=ALLOW'),
    expect.stringContaining('Denied: User:alice, WRITE on topic orders'),
    'orders\n',
    'Completed updating config for user alice.\n',
    expect.stringMatching(/User:admin +User:admin +\[User:alice\]/),
  ]);
});

test('the program of the README', async () => {
  const argv = ['--input-type=module', '-e', program];
  const { stdout } = await promisify(execFile)(process.execPath, argv, { cwd: root, env: environment });
  expect(program).toContain('startBroker');
  expect(stdout).toBe('3 tries\n2 2\n');
});

// The session in README.md does what it says. A terminal gets tables where this test reads Kafka's text, so what is compared
// of the output is the records.
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { freePort } from '../client/scripted-broker.ts';
import { User } from '../helpers/program.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const START = 'npm start';
const readme = readFileSync(`${root}README.md`, 'utf8');
const session = /^## A session\n([\s\S]*?)^## /m.exec(readme)?.[1] ?? '';
const program = /^## In tests\n[\s\S]*?\n((?: {4}.*\n|\n)+)/m.exec(readme)?.[1] ?? '';
const commands = [...session.matchAll(/^ {4}\$ (.*)$/gm)].map(([, command]) => command ?? '');

test('the session of the README', async () => {
  const user = new User();
  const port = await freePort();
  const env = {
    ...process.env,
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

test('the program of the README', async () => {
  const argv = ['--input-type=module', '-e', program];
  const { stdout } = await promisify(execFile)(process.execPath, argv, { cwd: root });
  expect(program).toContain('startBroker');
  expect(stdout).toBe('3 tries\n2 2\n');
});

import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { environment } from '../helpers/environment.ts';

// The program as it is started, from another folder than its own.

const program = fileURLToPath(new URL('../../bin/run.js', import.meta.url));
let elsewhere = '';
beforeAll(() => {
  elsewhere = mkdtempSync(join(tmpdir(), 'ktool-'));
});
afterAll(() => rmSync(elsewhere, { recursive: true }));

function ktool(...argv: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...argv], {
    cwd: elsewhere,
    env: environment,
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

describe('commands', () => {
  test('a list of all, without hidden ones', () => {
    const { status, stdout } = ktool('--help');
    expect(status).toBe(0);
    expect(stdout).toMatch(/^ {2}topics +Create, list/m);
    expect(stdout).toMatch(/^ {2}server start +Start a Kafka broker on this machine/m);
    for (const words of [[], ['-h'], ['help']]) expect(ktool(...words)).toEqual({ status, stdout, stderr: '' });
    expect(stdout).not.toMatch(/^ {2}complete /m);
  });

  test('first what to type first', () => {
    expect(ktool().stdout).toContain(
      'First steps\n  $ ktool server start\n      a broker on localhost:9092\n  $ ktool topics --create --topic orders\n',
    );
  });

  test('a mistyped one', () => {
    const { status, stderr } = ktool('topcs', '--list');
    expect(status).toBe(1);
    expect(stderr).toContain('Did you mean ktool topics?');
  });

  test.each([['topics'], ['kafka-topics'], ['kafka-topics.sh']])('%s --version', (name) =>
    expect(ktool(name, '--version')).toEqual({ status: 0, stdout: '4.3.1\n', stderr: '' }),
  );

  test('help topics is topics --help', () =>
    expect(ktool('help', 'topics').stdout).toBe(ktool('topics', '--help').stdout));
});

test('completion of commands and options', () => {
  expect(ktool('complete', '--', 'top').stdout).toMatch(/^topics\t/);
  expect(ktool('complete', '--', 'topics', '--li').stdout).toMatch(/^--list\t/);
  expect(ktool('completion', 'zsh').stdout).toContain('#compdef ktool');
  expect(ktool('completion', 'csh').status).toBe(1);
});

test('a reader that goes away ends it quietly', async () => {
  const child = spawn(process.execPath, [program, 'topics', '--help'], { stdio: ['ignore', 'pipe', 'pipe'] });
  child.stdout.destroy();
  let stderr = '';
  child.stderr.on('data', (chunk) => {
    stderr += chunk;
  });
  const [status] = await once(child, 'close');
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
});

import { describe, expect, test } from 'vitest';
import { type CompletionSources, complete } from '../../../src/cli/completion/complete.ts';
import type { Script } from '../../../src/cli/options/script.ts';
import { cluster } from '../../../src/cli/options/scripts/cluster.ts';
import { consoleProducer } from '../../../src/cli/options/scripts/console-producer.ts';
import { topics } from '../../../src/cli/options/scripts/topics.ts';
import { serverStart } from '../../../src/cli/server/options.ts';

const scripts: Record<string, Script> = {
  topics,
  cluster,
  'console-producer': consoleProducer,
  'server start': serverStart,
};
const sources: CompletionSources = {
  commands: [
    { name: 'cluster', summary: 'Clusters' },
    { name: 'completion', summary: 'Completion', argument: ['bash', 'zsh'] },
    { name: 'server start', summary: 'Start' },
    { name: 'server stop', summary: 'Stop' },
    { name: 'topics', summary: 'Topics' },
  ],
  script: async (name) => scripts[name],
  names: async (kind) => (kind === 'topics' ? ['orders', 'payments'] : ['billing']),
};

const words = async (...typed: string[]) => {
  const found = await complete(typed, sources);
  return typeof found === 'string' ? found : found.map(({ word }) => word);
};

describe('commands', () => {
  test('the first word', async () => {
    expect(await words('')).toEqual(['cluster', 'completion', 'server', 'topics']);
    expect(await words('t')).toEqual(['topics']);
  });
  test('the second word', async () => expect(await words('server', '')).toEqual(['start', 'stop']));
  test('the argument of a command that is no script', async () => {
    expect(await words('completion', 'b')).toEqual(['bash']);
    expect(await words('completion', 'bash', '')).toEqual([]);
    expect(await words('server', 'stop', '')).toEqual([]);
  });
});

describe('options', () => {
  test('names that begin so, without deprecated ones', async () => {
    expect(await words('topics', '--de')).toEqual(['--delete', '--describe']);
    expect(await words('console-producer', '--prop')).toEqual([]);
  });

  test('of the sub-command', async () => {
    expect(await words('cluster', 'un')).toEqual(['unregister']);
    expect(await words('cluster', 'unregister', '--i')).toEqual(['--id']);
    expect(await words('cluster', 'cluster-id', '--i')).toEqual([]);
  });
});

describe('a command of two words', () => {
  test('options', async () => expect(await words('server', 'start', '--po')).toEqual(['--port']));
  test('files', async () => {
    expect(await words('server', 'start', '--data-dir', '')).toBe('files');
    expect(await words('server', 'start', 'conf')).toBe('files');
  });
});

describe('values', () => {
  test('topics and groups of the cluster', async () =>
    expect(await words('topics', '--topic', 'o')).toEqual(['orders']));

  test('one of a list, also after an equals sign, which bash makes a word of its own', async () => {
    expect(await words('console-producer', '--compression-codec', 'z')).toEqual(['zstd']);
    expect(await words('console-producer', '--compression-codec=z')).toEqual(['--compression-codec=zstd']);
    expect(await words('console-producer', '--compression-codec', '=', 'z')).toEqual(['--compression-codec=zstd']);
    expect(await words('console-producer', '--compression-codec', '=')).toHaveLength(5);
  });

  test('files', async () => expect(await words('cluster', 'cluster-id', '-c', '')).toBe('files'));

  test('nothing is known of a number', async () => expect(await words('topics', '--partitions', '')).toEqual([]));
});

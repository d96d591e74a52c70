import { expect, test } from 'vitest';
import { candidates } from '../../../src/cli/options/suggest.ts';

const known = ['--topic', '--topic-id', '--list', '--describe', '--bootstrap-server'];

test.each([
  ['--lsit', ['--list']],
  ['--lst', ['--list']],
  ['--boot', ['--bootstrap-server']],
  ['--top', ['--topic', '--topic-id']],
  ['-describ', ['--describe']],
  ['--bootstrap-servers', ['--bootstrap-server']],
  ['--zookeeper', []],
])('%s', (typed, meant) => expect(candidates(typed, known)).toEqual(meant));

test('nothing is like a word when nothing is known', () => expect(candidates('x', [])).toEqual([]));

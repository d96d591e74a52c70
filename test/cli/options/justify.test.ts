import { expect, test } from 'vitest';
import { formatWidth, justify } from '../../../src/cli/options/justify.ts';

test('every line but the last is stretched to the width', () => {
  const text = justify('one two three four five six seven eight', 16);
  expect(text).toBe('one  two   three\nfour  five   six\nseven eight');
});

test('a word longer than a line is left whole', () =>
  expect(justify('a '.concat('b'.repeat(20)), 10)).toBe(`a\n${'b'.repeat(20)}`));

test('the width follows the terminal', () => {
  expect(formatWidth(undefined)).toBe(75);
  expect(formatWidth('120')).toBe(115);
  expect(formatWidth('wide')).toBe(75);
});

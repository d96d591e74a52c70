import { expect, it } from 'vitest';
import { javaPattern } from '../../src/tools/java-pattern.ts';

it.each([
  ['[', 'Unclosed character class near index 0\n[\n^'],
  ['a[bc', 'Unclosed character class near index 3\na[bc\n   ^'],
  ['(a', 'Unclosed group near index 2\n(a'],
  ['*a', "Dangling meta character '*' near index 0\n*a\n^"],
  ['a|+', "Dangling meta character '+' near index 2\na|+\n  ^"],
  ['a)', "Unmatched closing ')' near index 0\na)\n^"],
  ['a\\', 'Unescaped trailing backslash near index 2\na\\'],
])('says of %s what Java says', (pattern, message) => {
  expect(() => javaPattern(pattern)).toThrow(message);
});

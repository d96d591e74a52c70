import { describe, expect, test } from 'vitest';
import { javaRegex, splitLikeJava, wholeJavaRegex } from '../../src/util/java-regex/java-regex.ts';

// Each row was tried with java.util.regex.Pattern.matches of JDK 17: pattern, what it matches, what it does not.
const MATCHES: [pattern: string, matching: string[], other: string[]][] = [
  ['orders.eu', ['orders.eu', 'orders-eu'], ['orders']],
  ['(?i)ORDERS', ['orders', 'Orders'], ['order']],
  ['a(?i)b', ['ab', 'aB'], ['Ab']],
  ['(?i:a)b', ['Ab'], ['AB']],
  ['(?i)[a-c]+x', ['ABCx', 'abcX'], ['dx']],
  ['o++rders', ['orders', 'oorders'], ['rders']],
  ['o++o', [], ['oo']],
  ['(?>a|ab)c', ['ac'], ['abc']],
  ['(a)(?>b)\\1', ['aba'], ['abb']],
  ['(?<x>o)rders\\k<x>?', ['orders', 'orderso'], ['ordersx']],
  ['[a-z&&[^p]]+', ['orders'], ['payments']],
  ['[a-z&&[def]]', ['d'], ['a']],
  ['[a[bc]-]+', ['abc-'], ['d']],
  ['[]a]+', [']a'], ['b']],
  ['[^]a]', ['b'], [']', 'a']],
  ['[\\w.-]+', ['a_b.c-d'], ['a b']],
  ['\\p{Lower}+', ['abc'], ['Abc']],
  ['\\P{Lower}+', ['ABC'], ['abc']],
  ['\\pL+', ['Größe'], ['a1']],
  ['\\p{IsLatin}+', ['Größe'], ['ж']],
  ['\\p{javaLowerCase}+', ['ß'], ['S']],
  ['\\Qorders.eu\\E', ['orders.eu'], ['orders-eu']],
  ['\\Qa]|', ['a]|'], ['a']],
  ['[\\Q^-]\\E]+', ['^-]'], ['a']],
  ['a{2}', ['aa'], ['a']],
  ['a{2}{3}', ['aa'], ['aaaaaa']],
  ['{2}', [''], ['{2}']],
  ['a]b}', ['a]b}'], ['ab']],
  ['\\x41\\x{42}\\u0043\\0104\\-', ['ABCD-'], ['abcd-']],
  ['(?x) a b # c', ['ab'], ['a b']],
  ['a|', ['a', ''], ['b']],
  ['^orders$', ['orders'], ['order']],
  ['\\Aorders\\z', ['orders'], ['order']],
  ['(a)\\2', [], ['aa', 'a']],
  ['\\h\\S\\t', [' a\t'], ['aa\t']],
  ['(?!b).*', ['abc', ''], ['bcd']],
  ['.*(?<=s)', ['orders'], ['order']],
];

describe('what java.util.regex matches', () => {
  test.each(MATCHES)('%s', (pattern, matching, other) => {
    const regex = wholeJavaRegex(pattern);
    expect(
      matching.filter((text) => !regex.test(text)),
      'matches',
    ).toEqual([]);
    expect(
      other.filter((text) => regex.test(text)),
      'does not match',
    ).toEqual([]);
  });
});

describe('what java.util.regex refuses', () => {
  test.each([
    ...['*', '+', '?', '(', ')', '[', '[]', '[a', 'a**', 'a{', 'a{2', 'a{2,1}', '{', '{,2}', 'a{2|1}', 'x{a}', '\\'],
    ...['\\p{Nope}', '\\p{', '\\y', '\\k<x>', '(?<x>a)(?<x>b)', '(?<1>a)', '(?q)', '[z-a]', '[a-\\d]', '(?'],
  ])('%s', (pattern) => expect(() => javaRegex(pattern)).toThrow(SyntaxError));
});

// With String.split of JDK 17.
test.each([
  [',a,,b,,', ',', ['', 'a', '', 'b']],
  ['a1b2c', '(\\d)', ['a', 'b', 'c']],
  ['abc', '', ['a', 'b', 'c']],
  ['abc', 'x*', ['a', 'b', 'c']],
  ['abc', ',', ['abc']],
  [',,', ',', []],
  ['', ',', ['']],
])('%j split by %j', (text, separator, parts) => expect(splitLikeJava(text, javaRegex(separator))).toEqual(parts));

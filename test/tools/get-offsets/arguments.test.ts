import { describe, expect, test } from 'vitest';
import { offsetTime, topicAndPartitions, topicPartitions } from '../../../src/tools/get-offsets/arguments.ts';

describe('--time', () => {
  test.each([
    ['latest', -1],
    ['-1', -1],
    ['earliest-pending-upload', -6],
    ['1700000000000', 1700000000000],
    ['-9', -9],
  ])('%s', (argument, time) => expect(offsetTime(argument)).toBe(time));

  test.each([['LATEST'], ['yesterday'], [''], ['1.5'], ['constructor']])('%j is refused', (argument) =>
    expect(() => offsetTime(argument)).toThrow(
      `Malformed time argument ${argument}. Please use -1 or latest / -2 or earliest / -3 or max-timestamp / -4 or earliest-local / -5 or latest-tiered / -6 or earliest-pending-upload, or a specified long format timestamp`,
    ),
  );
});

const all = ['a', 'b', 'ab'].flatMap((topic) => [0, 1, 2, 3].map((partition) => [topic, partition] as const));
const chosen = (filter: (topic: string, partition: number) => boolean) =>
  all.filter(([topic, partition]) => filter(topic, partition)).map(([topic, partition]) => `${topic}${partition}`);

describe('--topic and --partitions', () => {
  test('commas separate whole names', () =>
    expect(chosen(topicAndPartitions('a, b', '0,2'))).toEqual(['a0', 'a2', 'b0', 'b2']));
  test('nothing stands for all', () => expect(chosen(topicAndPartitions(undefined, undefined))).toHaveLength(12));
  test('a regular expression', () => expect(chosen(topicAndPartitions('a.*', '3'))).toEqual(['a3', 'ab3']));
  test('bad ones', () => {
    expect(() => topicAndPartitions('a', 'x')).toThrow(
      '--partitions expects a comma separated list of numeric partition ids, but received: x',
    );
    expect(() => topicAndPartitions('[', undefined)).toThrow('[ is an invalid regex.');
  });
});

describe('--topic-partitions', () => {
  test.each([
    ['a', ['a0', 'a1', 'a2', 'a3']],
    ['a:1', ['a1']],
    ['a:1-3', ['a1', 'a2']],
    ['a:2-', ['a2', 'a3']],
    ['a:-2', ['a0', 'a1']],
    [':3', ['a3', 'b3', 'ab3']],
    ['a:0,b:-1', ['a0', 'b0']],
  ])('%s', (argument, partitions) => expect(chosen(topicPartitions(argument))).toEqual(partitions));

  test('a rule that is none', () => expect(() => topicPartitions('a:x')).toThrow('Invalid rule specification: a:x'));
});

import { describe, expect, test } from 'vitest';
import { parseUuid } from '../../../src/tools/java-uuid.ts';
import { parseReplicaAssignment } from '../../../src/tools/topics/replica-assignment.ts';

describe('--replica-assignment', () => {
  test('commas between partitions, colons between brokers', () =>
    expect(parseReplicaAssignment('0:1, 1:2,')).toEqual([
      [0, 1],
      [1, 2],
    ]));

  test.each([
    ['1:2:1:1', 'Partition replica lists may not contain duplicate entries: 1'],
    ['1:2,1', 'Partition 1 has different replication factor: [1]'],
    ['1,two', 'For input string: "two"'],
    ['1,,2', 'For input string: ""'],
  ])('%s', (argument, message) => expect(() => parseReplicaAssignment(argument)).toThrow(message));
});

describe('--topic-id', () => {
  test.each([['MkU3OEVBNTcwNTJENDM2Qg'], ['MkU3OEVBNTcwNTJENDM2Qg==']])('%s', (text) =>
    expect(parseUuid(text)).toBe('MkU3OEVBNTcwNTJENDM2Qg'),
  );

  test.each([
    ['not-an-id', 'Last unit does not have enough valid bits'],
    ['MkU3OEVBNTcwNTJENDM2Q*', 'Illegal base64 character 2a'],
    ['AAAA', 'Input string `AAAA` decoded as 3 bytes'],
    ['A'.repeat(25), 'is too long to be decoded as a base64 UUID'],
  ])('%s is none', (text, message) => expect(() => parseUuid(text)).toThrow(message));
});

import { describe, expect, test } from 'vitest';
import { ConfigError } from '../../../src/broker/config/config-error.ts';
import { TOPIC_CONFIGS } from '../../../src/broker/config/definitions/index.ts';
import { parseValue } from '../../../src/broker/config/values.ts';
import { TOPIC_CONFIG_RULES } from '../../../src/tools/topics/topic-config-names.ts';
import { parseTopicConfigs } from '../../../src/tools/topics/topic-configs.ts';

const messageOf = (attempt: () => unknown): string | undefined => {
  try {
    attempt();
    return undefined;
  } catch (error) {
    if (error instanceof ConfigError || error instanceof Error) return error.message;
    throw error;
  }
};

describe('the table is that of the broker', () => {
  test('names in their order, and types', () =>
    expect(Object.entries(TOPIC_CONFIG_RULES).map(([name, { type }]) => [name, type])).toEqual(
      [...TOPIC_CONFIGS].map(([name, { type }]) => [name, type]),
    ));

  // Values on both sides of every limit in the table, and of every kind.
  const numbers = [-131073, -131072, -3, -2, -1, 0, 1, 3, 4, 9, 10, 17, 18, 22, 23, 1048575, 1048576].map(String);
  const words = [
    '0.5',
    '1.5',
    'true',
    'TRUE',
    'yes',
    'compact',
    'delete,compact',
    'compact,,delete',
    'zstd',
    '1:2,3:4',
  ];
  const more = ['producer', 'CreateTime', 'createtime', '*', '*,1:2', 'x', '99999999999', '9999999999999999999'];
  test.each(Object.keys(TOPIC_CONFIG_RULES))('%s takes and refuses what the broker does', (name) => {
    for (const value of [...numbers, ...words, ...more]) {
      const byBroker = messageOf(() => parseValue(TOPIC_CONFIGS.get(name)!, value));
      const conflict = /^conflict topic config/;
      const byTool = messageOf(() => parseTopicConfigs([`${name}=${value}`]));
      if (!conflict.test(byTool ?? '')) expect(byTool, `${name}=${value}`).toBe(byBroker);
    }
  });
});

test('blanks around the equals sign do not count, the last value does', () =>
  expect([...parseTopicConfigs(['retention.ms = 5', 'retention.ms=6', 'segment.ms= 7'])]).toEqual([
    ['retention.ms', '6'],
    ['segment.ms', '7'],
  ]));

test.each([['retention.ms'], ['retention.ms='], ['retention.ms=1=2'], ['']])('%j is no setting', (argument) =>
  expect(() => parseTopicConfigs([argument])).toThrow(
    'requirement failed: Invalid topic config: all configs to be added must be in the format "key=val".',
  ),
);

test.each([['colour=red'], ['toString=1'], ['=1']])('%j has an unknown name', (argument) =>
  expect(() => parseTopicConfigs([argument])).toThrow(`Unknown topic config name: ${argument.split('=')[0]}`),
);

test('compaction lags that exclude each other', () =>
  expect(() => parseTopicConfigs(['min.compaction.lag.ms=9', 'max.compaction.lag.ms=8'])).toThrow(
    'conflict topic config setting min.compaction.lag.ms (9) > max.compaction.lag.ms (8)',
  ));

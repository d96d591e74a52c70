import { expect, test } from 'vitest';
import { effectiveTopicConfig } from '../../../src/broker/config/topic-config.ts';
import { DEFAULT_LOG_CONFIG } from '../../../src/log/log-config.ts';

const none = new Map<string, string>();
const bare = { given: none, dynamicDefault: none, dynamicBroker: none };

test('a topic without configs has Kafka’s defaults', () => {
  expect(effectiveTopicConfig(none, bare)).toEqual({
    ...DEFAULT_LOG_CONFIG,
    compressionCodec: undefined,
    compressionLevel: undefined,
    minInsyncReplicas: 1,
  });
});

test('its own configs come first, then this broker, all brokers, the file', () => {
  const layers = {
    given: new Map([
      ['message.max.bytes', '1'],
      ['log.segment.bytes', '1048577'],
      ['log.cleanup.policy', 'compact'],
      ['log.index.interval.bytes', '4'],
    ]),
    dynamicDefault: new Map([
      ['message.max.bytes', '2'],
      ['log.segment.bytes', '1048578'],
      ['log.cleanup.policy', 'delete'],
    ]),
    dynamicBroker: new Map([
      ['message.max.bytes', '3'],
      ['log.segment.bytes', '1048579'],
    ]),
  };
  const own = new Map([['max.message.bytes', ' 4 ']]);
  expect(effectiveTopicConfig(own, layers)).toMatchObject({
    maxMessageBytes: 4,
    segmentBytes: 1048579,
    delete: true,
    compact: false,
    indexIntervalBytes: 4,
  });
});

test('broker values in hours and minutes are turned into milliseconds, the finest unit given wins', () => {
  const given = new Map([
    ['log.retention.hours', '2'],
    ['log.retention.minutes', '3'],
    ['log.roll.hours', '4'],
    ['log.roll.jitter.hours', '5'],
  ]);
  expect(effectiveTopicConfig(none, { ...bare, given })).toMatchObject({
    retentionMs: 180_000,
    segmentMs: 14_400_000,
    segmentJitterMs: 18_000_000,
  });
});

test('a dynamic value in milliseconds hides the hours of the file', () => {
  const given = new Map([['log.retention.minutes', '3']]);
  const dynamicDefault = new Map([['log.retention.ms', '7']]);
  expect(effectiveTopicConfig(none, { ...bare, given, dynamicDefault }).retentionMs).toBe(7);
});

test('policies and the largest LONG', () => {
  const own = new Map([
    ['cleanup.policy', 'compact,delete'],
    ['flush.ms', '9223372036854775807'],
    ['message.timestamp.type', 'LogAppendTime'],
    ['internal.segment.bytes', '4096'],
  ]);
  expect(effectiveTopicConfig(own, bare)).toMatchObject({
    compact: true,
    delete: true,
    flushMs: Number.POSITIVE_INFINITY,
    messageTimestampType: 'LogAppendTime',
    segmentBytes: 4096,
  });
  expect(effectiveTopicConfig(new Map([['cleanup.policy', '']]), bare)).toMatchObject({
    compact: false,
    delete: false,
  });
});

import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { KTOOL_DEFAULTS, parseBrokerConfig, withDynamicConfigs } from '../../../src/broker/config/broker-config.ts';
import { ConfigError } from '../../../src/broker/config/config-error.ts';
import { effectiveTopicConfig } from '../../../src/broker/config/topic-config.ts';
import { parseProperties } from '../../../src/util/properties.ts';

const parse = (given: Record<string, string>, overrides: Record<string, string> = {}) =>
  parseBrokerConfig(new Map(Object.entries(given)), new Map(Object.entries(overrides)));

interface Recorded {
  listeners: string[];
  advertised: string[];
  interBrokerListener: string;
  nodeId: number;
  logDirs: string;
  retentionMs: number;
  rollMs: number;
  rollJitterMs: number;
  flushMs: number;
}

/** The configuration that the recorded changes begin with (test/kafka/tools/BrokerConfigs.java). */
const GOOD = {
  'process.roles': 'broker,controller',
  'node.id': '1',
  'controller.quorum.voters': '1@localhost:9093',
  'controller.listener.names': 'CONTROLLER',
  listeners: 'PLAINTEXT://127.0.0.1:9092,CONTROLLER://127.0.0.1:9093',
  'inter.broker.listener.name': 'PLAINTEXT',
  'listener.security.protocol.map':
    'CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT,SSL:SSL,SASL_PLAINTEXT:SASL_PLAINTEXT,SASL_SSL:SASL_SSL',
};

/** Where ktool answers otherwise than Kafka, and with what; null = it is accepted. */
const OTHERWISE: readonly (readonly [RegExp, string | null])[] = [
  // One node that clients reach at the address they used needs no advertised address and no quorum.
  [/^listeners=PLAINTEXT:\/\/(0\.0\.0\.0|\[::\])/, null],
  [/^(-listeners|listeners=PLAINTEXT:\/\/127\.0\.0\.1:9092)$/, null],
  [/^(node\.id=2|process\.roles=(broker|controller)|controller\.quorum\.voters=)$/, null],
  // What is mandatory in Kafka has a default.
  [/^-(process\.roles|node\.id|controller\.listener\.names)$/, null],
  [/^broker\.id=3 \| -node\.id$/, null],
  // Rules between settings that have no effect.
  [/^(replica\.fetch\.wait|queued\.max|offsets\.topic\.compression)/, null],
  [/^group\.consumer\.(heartbeat|session)/, null],
  // The same in other words.
  [/^listeners=PLAINTEXT:\/\/localhost:99999/, 'Port 99999 of listener PLAINTEXT is not between 0 and 65535'],
  [
    /^advertised\.listeners=SSL/,
    'Found SSL. The valid options based on the current configuration are PLAINTEXT,CONTROLLER',
  ],
  [/protocol\.map=CONTROLLER:PLAINTEXT,PLAINTEXT$/, 'PLAINTEXT is not NAME:PROTOCOL'],
  [/plaintext:SSL$/, 'Duplicate listener PLAINTEXT in listener.security.protocol.map'],
  [/^controller\.quorum\.voters=1@localhost/, 'Each entry should be in the form `{id}@{host}:{port}`.'],
  [/^controller\.quorum\.voters=x@/, 'Failed to parse voter ID as an integer from x'],
];

describe('properties mean what they mean to Kafka', () => {
  const lines = readFileSync(new URL('../../kafka/broker-configs.jsonl', import.meta.url), 'utf8')
    .trim()
    .split('\n');

  test.each(lines.map((line) => JSON.parse(line) as [string, Recorded | string]))('%s', (changes, expected) => {
    const given = new Map<string, string>(Object.entries(GOOD));
    for (const change of changes.split(' | ')) {
      if (change.startsWith('-')) given.delete(change.slice(1));
      else given.set(change.slice(0, change.indexOf('=')), change.slice(change.indexOf('=') + 1));
    }
    const parsed = () => parseBrokerConfig(given, new Map(), { defaults: new Map() });
    const otherwise = OTHERWISE.find(([pattern]) => pattern.test(changes))?.[1];
    if (otherwise === null) parsed();
    else if (typeof otherwise === 'string') expect(parsed).toThrow(otherwise);
    else if (typeof expected === 'string') expect(parsed).toThrow(expected.replace('requirement failed: ', ''));
    else expect(summary(parsed())).toEqual(expected);
  });
});

function summary(config: ReturnType<typeof parseBrokerConfig>): Recorded {
  const endpoint = (e: { name: string; protocol: string; host: string | null; port: number }) =>
    `${e.name} ${e.protocol} ${e.host || null} ${e.port}`;
  const topic = effectiveTopicConfig(new Map(), {
    given: config.given,
    dynamicDefault: new Map(),
    dynamicBroker: new Map(),
  });
  return {
    listeners: config.listeners.map(endpoint),
    advertised: config.advertisedListeners.map(endpoint),
    interBrokerListener: config.interBrokerListenerName,
    nodeId: config.nodeId,
    logDirs: config.logDirs.join(','),
    retentionMs: topic.retentionMs,
    rollMs: topic.segmentMs,
    rollJitterMs: topic.segmentJitterMs,
    flushMs: topic.flushMs === Number.POSITIVE_INFINITY ? 2 ** 63 : topic.flushMs,
  };
}

describe('without a file', () => {
  test('a broker for this machine', () => {
    const config = parse({});
    expect(config).toMatchObject({
      nodeId: 1,
      groupInitialRebalanceDelayMs: 0,
      offsetsTopicReplicationFactor: 1,
      offsetsTopicNumPartitions: 50,
      transactionStateLogMinIsr: 1,
      numPartitions: 1,
      autoCreateTopicsEnable: true,
      socketRequestMaxBytes: 104857600,
      notes: [],
    });
    expect(config.listeners).toEqual([
      { name: 'PLAINTEXT', protocol: 'PLAINTEXT', host: '127.0.0.1', port: 9092, controller: false },
    ]);
    expect(config.given).toEqual(new Map([...KTOOL_DEFAULTS, ['broker.id', '1']]));
  });

  test('the caller may have other defaults, which a given log.dir puts aside', () => {
    const defaults = new Map([...KTOOL_DEFAULTS, ['log.dirs', '/home/me/data']]);
    expect(parseBrokerConfig(new Map(), new Map(), { defaults }).logDirs).toEqual(['/home/me/data']);
    expect(parseBrokerConfig(new Map([['log.dir', '/a']]), new Map(), { defaults }).logDirs).toEqual(['/a']);
  });
});

describe('a file and overrides', () => {
  test('overrides win', () => {
    expect(parse({ 'num.partitions': '3' }, { 'num.partitions': '5' }).numPartitions).toBe(5);
  });

  test.each([
    [{ 'num.partitions': 'abc' }, {}, ' (in server.properties)'],
    [{}, { 'num.partitions': 'abc' }, ' (in --override num.partitions=abc)'],
    [{ 'num.partitions': '3' }, { 'num.partitions': 'abc' }, ' (in --override num.partitions=abc)'],
  ])('a bad value is refused with the place it was given: %j %j', (file, overrides, place) => {
    const refused = () => parse(file as Record<string, string>, overrides as Record<string, string>);
    const message = `Invalid value abc for configuration num.partitions: Not a number of type INT${place}`;
    expect(refused).toThrow(new ConfigError(message));
  });

  test('a file of ZooKeeper times starts a node, and says once what it does not use', () => {
    const file = parseProperties(`
      broker.id=0
      listeners=PLAINTEXT://:9092
      num.network.threads=3
      log.dirs=/tmp/kafka-logs
      zookeeper.connect=localhost:2181
      zookeeper.connection.timeout.ms=18000
      my.own.setting=5
      listener.name.plaintext.ssl.keystore.type=PEM
    `);
    const config = parseBrokerConfig(file);
    expect(config.nodeId).toBe(0);
    expect(config.given.get('node.id')).toBe('0');
    expect(config.advertisedListeners).toEqual([{ name: 'PLAINTEXT', protocol: 'PLAINTEXT', host: null, port: 9092 }]);
    expect(config.notes).toEqual([
      'ktool keeps its metadata itself, without ZooKeeper; not used: zookeeper.connect, zookeeper.connection.timeout.ms',
      'Accepted, without effect in ktool: num.network.threads',
      'Unknown settings, not used: my.own.setting',
    ]);
  });

  test('what stands for a setting that is gone, of topics, or was never one, is said', () => {
    const config = parse({
      listeners: 'PLAINTEXT://127.0.0.1:9092',
      'log.segment.ms': '60000',
      port: '9092',
      'advertised.host.name': 'kafka',
      'inter.broker.protocol.version': '2.8',
      'retention.ms': '1000',
      'max.message.bytes': '1000',
      mine: '1',
    });
    expect(config.notes).toEqual([
      'Unknown settings, not used: log.segment.ms (see log.roll.ms), port (see listeners), advertised.host.name (see advertised.listeners), inter.broker.protocol.version (gone since Kafka 4.0), retention.ms (see log.retention.ms), max.message.bytes (see message.max.bytes), mine',
    ]);
  });

  test('a comment behind a value is told from a bad number', () => {
    expect(() => parse({ 'num.partitions': '3     # for now' })).toThrow(
      'Not a number of type INT (in server.properties; a comment has a line of its own)',
    );
    expect(() => parse({ 'num.partitions': 'three' })).toThrow('Not a number of type INT (in server.properties)');
  });

  test('a controller without a broker is refused with what to start', () => {
    const alone = { 'process.roles': 'controller', 'controller.listener.names': 'CONTROLLER' };
    expect(() => parse({ ...alone, listeners: 'CONTROLLER://localhost:9093' })).toThrow('Start the file of the broker');
  });

  test('an override of the number of the node wins under either name', () => {
    expect(parse({ 'node.id': '1' }, { 'broker.id': '5' }).given.get('node.id')).toBe('5');
    expect(parse({ 'broker.id': '1' }, { 'node.id': '5' }).nodeId).toBe(5);
    expect(() => parse({ 'node.id': '1', 'broker.id': '5' })).toThrow('to the same value as `broker.id`');
    expect(() => parse({}, { 'node.id': '1', 'broker.id': '5' })).toThrow('to the same value as `broker.id`');
  });

  test('broker.id=-1, which asked ZooKeeper for a number, is no number', () => {
    expect(parse({ 'broker.id': '-1' }).nodeId).toBe(1);
    expect(() => parse({ 'broker.id': '-2' })).toThrow('Value must be at least 0');
  });

  test('a controller listener is known as one and not advertised', () => {
    const config = parse({ ...GOOD, 'controller.listener.names': 'controller' });
    expect(config.listeners.map(({ name, controller }) => [name, controller])).toEqual([
      ['PLAINTEXT', false],
      ['CONTROLLER', true],
    ]);
    expect(config.advertisedListeners.map(({ name }) => name)).toEqual(['PLAINTEXT']);
  });

  test('without a PLAINTEXT listener the first one is for brokers', () => {
    const config = parse({
      listeners: 'OUT://:1,IN://:2',
      'listener.security.protocol.map': 'OUT:PLAINTEXT,IN:PLAINTEXT',
    });
    expect(config.interBrokerListenerName).toBe('OUT');
  });
});

describe('dynamic configuration', () => {
  const config = parse({ 'message.max.bytes': '1000', 'max.connections': '5' });

  test('of this broker wins over that of all, and both over the file', () => {
    const changed = withDynamicConfigs(
      config,
      new Map([
        ['message.max.bytes', '2000'],
        ['max.connections', '6'],
      ]),
      new Map([['message.max.bytes', '3000']]),
    );
    expect(changed).toMatchObject({ messageMaxBytes: 3000, maxConnections: 6, nodeId: 1, listeners: config.listeners });
    expect(config.messageMaxBytes).toBe(1000);
  });

  test('removed, the file counts again', () => {
    expect(withDynamicConfigs(config, new Map(), new Map()).messageMaxBytes).toBe(1000);
  });
});

test('assignors: by name or by the class that Kafka comes with, no others', () => {
  const key = 'group.consumer.assignors';
  const builtIn = 'org.apache.kafka.coordinator.group.assignor.RangeAssignor';
  expect(parse({ [key]: `${builtIn},uniform` }).groupConsumerAssignors).toEqual([builtIn, 'uniform']);
  const text = `${key}: com.example.Mine is not one of this broker's assignors, which are uniform and range. Classes of your own cannot be loaded: leave it out.`;
  expect(() => parse({ [key]: 'uniform,com.example.Mine' })).toThrow(text);
});

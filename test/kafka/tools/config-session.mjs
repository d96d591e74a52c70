#!/usr/bin/env node
// The sessions behind test/kafka/config-session-*.jsonl: requests for RawRequests.java, and its answers made short.
//   config-session.mjs requests NAME | java … RawRequests PORT | config-session.mjs condense > config-session-NAME.jsonl
import { readFileSync } from 'node:fs';

const TOPIC = 2,
  BROKER = 4,
  METRICS = 16,
  GROUP = 32;
const SET = 0,
  DELETE = 1,
  APPEND = 2,
  SUBTRACT = 3;

const send = (api, version, body) => console.log(JSON.stringify({ api, version, body }));
const describe = (resourceType, resourceName, configurationKeys = null, includeSynonyms = true) =>
  send('DescribeConfigs', 4, {
    resources: [{ resourceType, resourceName, configurationKeys }],
    includeSynonyms,
    includeDocumentation: false,
  });
const alter = (resourceType, resourceName, ...changes) =>
  send('IncrementalAlterConfigs', 1, {
    resources: [
      {
        resourceType,
        resourceName,
        configs: changes.map(([name, configOperation, value = null]) => ({ name, configOperation, value })),
      },
    ],
    validateOnly: false,
  });
const replace = (resourceType, resourceName, ...configs) =>
  send('AlterConfigs', 2, {
    resources: [{ resourceType, resourceName, configs: configs.map(([name, value]) => ({ name, value })) }],
    validateOnly: false,
  });
const create = (name, ...configs) =>
  send('CreateTopics', 7, {
    topics: [
      {
        name,
        numPartitions: 1,
        replicationFactor: 1,
        assignments: [],
        configs: configs.map(([key, value]) => ({ name: key, value })),
      },
    ],
    timeoutMs: 10000,
    validateOnly: false,
  });

let created = 0;
const createEach = (...lists) => {
  for (const list of lists) create(`t-${created++}`, ...list);
};
const setEach = (type, name, text) => {
  for (const pair of text.trim().split(/\s+/))
    alter(type, name, [pair.slice(0, pair.indexOf('=')), SET, pair.slice(pair.indexOf('=') + 1)]);
};

const sessions = {
  topics() {
    create('orders');
    describe(TOPIC, 'orders');
    describe(BROKER, '1');
    describe(BROKER, '');
    describe(GROUP, 'g');
    describe(METRICS, 'm');
    create(
      'shaped',
      ['retention.ms', '1000'],
      ['cleanup.policy', 'compact, delete'],
      ['min.cleanable.dirty.ratio', '0.50'],
      ['leader.replication.throttled.replicas', '0:1,1:2'],
      ['internal.segment.bytes', '1048576'],
      ['preallocate', 'TRUE'],
    );
    describe(TOPIC, 'shaped');
    createEach(
      [['no.such', '1']],
      [['retention.ms', 'soon']],
      [['retention.ms', null]],
      [['retention.ms', '']],
      [['cleanup.policy', '']],
      [['cleanup.policy', 'compact,compact']],
      [['cleanup.policy', 'Compact']],
      [['cleanup.policy', 'none']],
      [
        ['min.compaction.lag.ms', '10'],
        ['max.compaction.lag.ms', '5'],
      ],
      [['segment.bytes', '100']],
      [['segment.bytes', '99999999999']],
      [['compression.type', 'lzma']],
      [['compression.gzip.level', '0']],
      [['min.insync.replicas', '0']],
      [['message.timestamp.type', 'now']],
      [['remote.storage.enable', 'true']],
      [['remote.log.copy.disable', 'true']],
      [
        ['local.retention.ms', '5'],
        ['retention.ms', '1'],
      ],
      [['local.retention.ms', '-3']],
      [['unclean.leader.election.enable', 'maybe']],
      [['follower.replication.throttled.replicas', 'x']],
      [
        ['no.such', '1'],
        ['also.not', '2'],
        ['retention.ms', 'x'],
      ],
      [['retention.ms', ' 7 ']],
      [['retention.bytes', '-9']],
      [['delete.retention.ms', '-1']],
      [['message.format.version', '2.8']],
      [['flush.messages', '0']],
      [['cleanup.policy', 'delete,shred']],
      [['min.insync.replicas', '2']],
      [
        ['preallocate', 'x'],
        ['retention.ms', 'x'],
      ],
      [['', '1']],
      [
        ['retention.bytes', null],
        ['retention.ms', null],
      ],
    );
    setEach(TOPIC, 'orders', 'retention.ms=5000 retention.ms=soon no.such=1');
    alter(TOPIC, 'orders', ['no.such', DELETE]);
    alter(TOPIC, 'orders', ['retention.bytes', DELETE]);
    alter(TOPIC, 'orders', ['retention.ms', APPEND, '1']);
    alter(TOPIC, 'orders', ['no.such', APPEND, 'x']);
    alter(TOPIC, 'orders', ['no.such', SUBTRACT, 'x']);
    for (const [operation, value] of [
      [APPEND, 'compact'],
      [APPEND, 'compact'],
      [APPEND, 'delete,compact'],
      [SUBTRACT, 'compact'],
      [SUBTRACT, 'delete'],
      [DELETE],
      [SUBTRACT, 'delete'],
      [DELETE],
      [APPEND, 'shred'],
      [APPEND, 'delete'],
      [SET, 'compact, delete'],
      [SUBTRACT, 'delete'],
      [DELETE],
    ]) {
      alter(TOPIC, 'orders', ['cleanup.policy', operation, value]);
      describe(TOPIC, 'orders', ['cleanup.policy']);
    }
    for (const change of [
      [APPEND, '0:1'],
      [APPEND, '1:1,0:1'],
      [SUBTRACT, '0:1'],
    ]) {
      alter(TOPIC, 'orders', ['leader.replication.throttled.replicas', ...change]);
      describe(TOPIC, 'orders', ['leader.replication.throttled.replicas']);
    }
    alter(TOPIC, 'orders', ['retention.ms', SET, null]);
    alter(TOPIC, 'orders', ['retention.ms', SET, '1'], ['retention.ms', SET, '2']);
    alter(TOPIC, 'orders', ['retention.ms', SET, '1'], ['retention.bytes', APPEND, null]);
    alter(TOPIC, 'orders', ['zz.b', SET, '1'], ['aa.a', SET, '1'], ['retention.ms', SET, 'x']);
    alter(TOPIC, 'orders', ['retention.bytes', SET, 'x'], ['cleanup.policy', SET, 'x'], ['segment.ms', SET, '0']);
    alter(TOPIC, 'orders', ['max.message.bytes', SET, '+5']);
    describe(TOPIC, 'orders', ['max.message.bytes']);
    alter(TOPIC, 'orders', ['max.message.bytes', SET, ' 6 ']);
    describe(TOPIC, 'orders', ['max.message.bytes', 'nope']);
    alter(TOPIC, 'orders', ['min.compaction.lag.ms', SET, '6'], ['max.compaction.lag.ms', SET, '5']);
    setEach(
      TOPIC,
      'orders',
      'remote.storage.enable=true local.retention.ms=10 min.insync.replicas=2 internal.segment.bytes=100',
    );
    alter(TOPIC, 'orders');
    replace(TOPIC, 'orders', ['retention.ms', '9'], ['cleanup.policy', 'compact']);
    describe(TOPIC, 'orders');
    replace(TOPIC, 'orders', ['no.such', '1']);
    replace(TOPIC, 'orders');
    describe(TOPIC, 'orders', ['retention.ms', 'cleanup.policy', 'max.message.bytes'], false);
    describe(TOPIC, 'orders', []);
  },
  brokers() {
    create('orders');
    setEach(
      BROKER,
      '1',
      `broker.rack=r log.dirs=/tmp/x log.cleaner.threads=many log.cleaner.threads=5 log.cleaner.threads=2 my.own.setting=5 num.io.threads=9 num.io.threads=100 num.io.threads=2 num.network.threads=7 num.network.threads=4
      num.replica.fetchers=3 num.recovery.threads.per.data.dir=5 background.threads=30 background.threads=1 background.threads=0 message.max.bytes=x message.max.bytes=-1 message.max.bytes=5000000 log.retention.ms=70000 log.retention.ms=0
      log.retention.hours=7 log.retention.minutes=7 log.roll.ms=500000 log.roll.ms=0 log.roll.jitter.ms=-1 ssl.keystore.password=s ssl.keystore.location=/x listener.name.plaintext.ssl.keystore.password=s
      listener.name.plaintext.ssl.keystore.location=/nope listener.name.nolistener.ssl.keystore.location=/nope listener.name.plaintext.num.network.threads=3
      listener.name.plaintext.max.connections=x sasl.jaas.config=x advertised.listeners=PLAINTEXT://h:1 max.connections=7 max.connections.per.ip=0 max.connections.per.ip.overrides=127.0.0.1:9 min.insync.replicas=2
      unclean.leader.election.enable=true log.cleanup.policy=x log.cleanup.policy=compact,delete principal.builder.class=x.Y compression.type=gzip follower.replication.throttled.rate=1000 leader.replication.throttled.rate=abc
      leader.replication.throttled.rate=-1 auto.create.topics.enable=false group.initial.rebalance.delay.ms=1 process.roles=broker node.id=1 log.segment.bytes=100 log.segment.bytes=2000000 producer.id.expiration.ms=5
      transaction.partition.verification.enable=false config.providers=x log.flush.interval.ms=77 log.message.timestamp.after.max.ms=9 remote.log.reader.threads=11 log.local.retention.ms=100
      group.consumer.assignment.interval.ms=7 log.preallocate=TRUE retention.ms=5 quota.producer.default=5 log.cleaner.dedupe.buffer.size=1 log.cleaner.io.buffer.load.factor=1.5 log.retention.bytes=-5`,
    );
    describe(BROKER, '1');
    describe(TOPIC, 'orders');
    setEach(
      BROKER,
      '',
      `log.cleaner.threads=2 message.max.bytes=6000000 ssl.keystore.password=s listener.name.plaintext.ssl.keystore.location=/x listeners=PLAINTEXT://:1 num.io.threads=10 broker.rack=r my.own=1 min.insync.replicas=x
      max.connections=9 listener.name.plaintext.max.connections=9 log.retention.ms=90000 cordoned.log.dirs=* node.id=2 log.cleanup.policy=delete`,
    );
    alter(BROKER, '', ['listeners', SET, 'PLAINTEXT://:1'], ['cordoned.log.dirs', SET, '*']);
    describe(BROKER, '');
    describe(BROKER, '1', [
      'log.cleaner.threads',
      'message.max.bytes',
      'log.retention.ms',
      'log.retention.hours',
      'max.connections',
      'my.own',
      'my.own.setting',
      'listener.name.plaintext.max.connections',
      'nope',
    ]);
    describe(TOPIC, 'orders');
    create('inherits', ['retention.bytes', '5']);
    alter(
      BROKER,
      '1',
      ['zz.top', SET, '1'],
      ['process.roles', SET, 'x'],
      ['broker.rack', SET, 'x'],
      ['node.id', SET, '4'],
      ['log.dirs', SET, 'y'],
      ['advertised.listeners', SET, 'q'],
    );
    alter(
      BROKER,
      '1',
      ['ssl.keystore.type', SET, '1'],
      ['ssl.keystore.location', SET, 'x'],
      ['ssl.protocol', SET, 'x'],
    );
    alter(
      BROKER,
      '1',
      ['log.cleaner.backoff.ms', SET, 'x'],
      ['message.max.bytes', SET, 'y'],
      ['num.io.threads', SET, 'z'],
    );
    alter(BROKER, '1', ['log.cleaner.threads', SET, 'zz'], ['broker.rack', SET, 'x']);
    alter(BROKER, '1', ['log.cleanup.policy', SUBTRACT, 'compact']);
    describe(BROKER, '1', ['log.cleanup.policy']);
    alter(BROKER, '1', ['log.cleanup.policy', APPEND, 'compact']);
    describe(BROKER, '1', ['log.cleanup.policy']);
    alter(BROKER, '1', ['log.cleaner.threads', APPEND, '1']);
    alter(BROKER, '1', ['log.cleaner.threads', SUBTRACT, '1']);
    alter(BROKER, '1', ['nope.list', APPEND, '1']);
    alter(BROKER, '1', ['broker.rack', DELETE]);
    alter(BROKER, '1', ['not.set', DELETE]);
    alter(BROKER, '1', ['log.cleaner.threads', 9, '1']);
    alter(BROKER, '1', ['log.cleaner.threads', SET, null]);
    alter(BROKER, '1', ['log.cleaner.threads', SET, '1'], ['log.cleaner.threads', SET, '2']);
    for (const name of ['one', '7', '-1']) alter(BROKER, name, ['log.cleaner.threads', SET, '1']);
    for (const name of ['2', 'x']) describe(BROKER, name);
    alter(BROKER, '1', ['log.cleaner.threads', DELETE]);
    describe(BROKER, '1', ['log.cleaner.threads']);
    alter(BROKER, '', ['log.cleaner.threads', DELETE]);
    describe(BROKER, '1', ['log.cleaner.threads']);
    alter(BROKER, '', ['min.insync.replicas', DELETE]);
    alter(BROKER, '', ['min.insync.replicas', SET, '3']);
    alter(BROKER, '1', ['min.insync.replicas', SET, '1']);
    alter(BROKER, '1', ['min.insync.replicas', DELETE]);
    replace(BROKER, '');
    replace(BROKER, '', ['message.max.bytes', '7000']);
    replace(BROKER, '', ['min.insync.replicas', '1'], ['num.io.threads', '10']);
    describe(BROKER, '');
    replace(BROKER, '1', ['broker.rack', 'x']);
    replace(BROKER, '1', ['num.io.threads', '9'], ['num.network.threads', '3']);
    describe(BROKER, '1', ['num.io.threads', 'log.roll.ms', 'message.max.bytes', 'my.own.setting']);
    alter(
      BROKER,
      '1',
      ['log.cleaner.min.compaction.lag.ms', SET, '10'],
      ['log.cleaner.max.compaction.lag.ms', SET, '5'],
    );
    setEach(TOPIC, 'orders', 'retention.ms=1 max.compaction.lag.ms=20 retention.ms=1');
  },
  groups() {
    setEach(
      GROUP,
      'g',
      `consumer.session.timeout.ms=50000 consumer.session.timeout.ms=5 consumer.session.timeout.ms=x consumer.session.timeout.ms=61000 nope=1 share.auto.offset.reset=sometime share.auto.offset.reset=earliest
      share.isolation.level=read_committed consumer.heartbeat.interval.ms=50 consumer.heartbeat.interval.ms=15001 consumer.heartbeat.interval.ms=15000 consumer.session.timeout.ms=45000 share.record.lock.duration.ms=1000
      streams.num.standby.replicas=5 share.session.timeout.ms=1 consumer.assignment.interval.ms=20000 share.delivery.count.limit=11 share.partition.max.record.locks=100000 share.heartbeat.interval.ms=1 streams.session.timeout.ms=1
      streams.heartbeat.interval.ms=1 share.assignment.interval.ms=20000 streams.assignment.interval.ms=20000 share.record.lock.duration.ms=70000 streams.session.timeout.ms=70000 share.session.timeout.ms=70000
      share.heartbeat.interval.ms=16000 streams.heartbeat.interval.ms=16000 share.partition.max.record.locks=99 share.delivery.count.limit=1 streams.initial.rebalance.delay.ms=-1`,
    );
    alter(GROUP, 'g', ['consumer.session.timeout.ms', APPEND, '1']);
    describe(GROUP, 'g');
    alter(GROUP, 'g', ['consumer.session.timeout.ms', DELETE], ['nope', DELETE]);
    describe(GROUP, 'g');
    alter(GROUP, '', ['share.auto.offset.reset', SET, 'latest']);
    alter(
      METRICS,
      'm',
      ['interval.ms', SET, '10000'],
      ['metrics', SET, 'a.,b.'],
      ['match', SET, 'client_id=x.*,client_software_name=y'],
    );
    describe(METRICS, 'm');
    setEach(
      METRICS,
      'm',
      'interval.ms=1 interval.ms=99999999 interval.ms=abc match=nonsense match=foo=bar match=client_id=[ other=1 match=client_instance_id=a=b',
    );
    alter(METRICS, 'm', ['metrics', APPEND, 'c.']);
    alter(METRICS, 'm', ['interval.ms', DELETE], ['match', DELETE]);
    describe(METRICS, 'm');
    alter(METRICS, '', ['interval.ms', SET, '1000']);
    setEach(METRICS, 'm', 'match= metrics=* metrics=');
    describe(METRICS, 'm');
  },
};

const synonym = ({ name, value, source }) => [name, value, source];

/** One exchange as [what, type, name, given, answer]; entries as [name, value, source, readOnly, sensitive, type, synonyms]. */
function condense({ request: { api, body }, response }) {
  if (api === 'CreateTopics') {
    const [{ name, configs }] = body.topics;
    const [topic] = response.topics;
    const shown = topic.configs?.map((c) => [c.name, c.value, c.configSource, c.readOnly, c.isSensitive]);
    return [
      'create',
      TOPIC,
      name,
      configs.map((c) => [c.name, c.value]),
      [topic.errorCode, topic.errorMessage, ...(topic.errorCode === 0 ? [shown] : [])],
    ];
  }
  const [{ resourceType, resourceName, configurationKeys, configs }] = body.resources;
  if (api === 'DescribeConfigs') {
    const [{ errorCode, errorMessage, configs: found }] = response.results;
    const entries = found.map((c) => [
      c.name,
      c.value,
      c.configSource,
      c.readOnly,
      c.isSensitive,
      c.configType,
      c.synonyms.map(synonym),
    ]);
    return [
      'describe',
      resourceType,
      resourceName,
      [configurationKeys, body.includeSynonyms],
      [errorCode, errorMessage, entries],
    ];
  }
  const [{ errorCode, errorMessage }] = response.responses;
  const given = configs.map((c) => [c.name, c.configOperation, c.value].filter((item) => item !== undefined));
  return [api === 'AlterConfigs' ? 'replace' : 'alter', resourceType, resourceName, given, [errorCode, errorMessage]];
}

const [action, name] = process.argv.slice(2);
if (action === 'requests') sessions[name]();
else
  for (const line of readFileSync(0, 'utf8').split('\n'))
    if (line) console.log(JSON.stringify(condense(JSON.parse(line))));

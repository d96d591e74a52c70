// Replays sessions recorded from Apache Kafka (test/kafka/configs.md): the same requests must get the same answers.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { type AlteredConfigs, type ConfigAlteration, checkAlterations } from '../../../src/broker/config/alter.ts';
import { alterBrokerConfigs, replaceBrokerConfigs } from '../../../src/broker/config/alter-broker.ts';
import { alterClientMetrics, alterGroupConfigs } from '../../../src/broker/config/alter-group.ts';
import { alterTopicConfigs, replaceTopicConfigs } from '../../../src/broker/config/alter-topic.ts';
import { isThisBroker } from '../../../src/broker/config/broker-resource.ts';
import { ConfigError } from '../../../src/broker/config/config-error.ts';
import { describeBroker, describeDefaultBroker } from '../../../src/broker/config/describe-broker.ts';
import { describeClientMetrics, describeGroup } from '../../../src/broker/config/describe-group.ts';
import { describeCreatedTopic, describeTopic } from '../../../src/broker/config/describe-topic.ts';
import { type ConfigEntry, selectEntries } from '../../../src/broker/config/entries.ts';
import { validateTopicConfigs } from '../../../src/broker/config/topic-config.ts';

const TOPIC = 2;
const BROKER = 4;
const METRICS = 16;

type Line = ['create' | 'alter' | 'replace' | 'describe', number, string, unknown, [number, string | null, unknown?]];
type Pairs = [string, string | null][];

/** server.properties of the recorded brokers (test/kafka/configs.md), with the ids that Kafka completes. */
const GIVEN = new Map([
  ['process.roles', 'broker,controller'],
  ['node.id', '1'],
  ['broker.id', '1'],
  ['controller.quorum.voters', '1@127.0.0.1:19211'],
  ['controller.listener.names', 'CONTROLLER'],
  ['inter.broker.listener.name', 'PLAINTEXT'],
  ['listeners', 'PLAINTEXT://127.0.0.1:19210,CONTROLLER://127.0.0.1:19211'],
  ['advertised.listeners', 'PLAINTEXT://127.0.0.1:19210'],
  [
    'listener.security.protocol.map',
    'CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT,SSL:SSL,SASL_PLAINTEXT:SASL_PLAINTEXT,SASL_SSL:SASL_SSL',
  ],
  ['log.dirs', '{data}'],
  ['offsets.topic.replication.factor', '1'],
  ['transaction.state.log.replication.factor', '1'],
  ['transaction.state.log.min.isr', '1'],
  ['share.coordinator.state.topic.replication.factor', '1'],
  ['share.coordinator.state.topic.min.isr', '1'],
  ['group.initial.rebalance.delay.ms', '0'],
  ['log.retention.hours', '5'],
  ['log.flush.interval.ms', '1000'],
  ['unknown.static.key', '7'],
  ['ssl.keystore.password', 'secret'],
  ['log.cleanup.policy', 'delete'],
  ['log.cleaner.min.cleanable.ratio', '0.60'],
  ['num.network.threads', '2 '],
]);

/** The configs of every resource of a one-node cluster, as a metadata store keeps them. */
class Cluster {
  private readonly resources = new Map<string, ReadonlyMap<string, string>>([
    [`${BROKER} `, new Map([['min.insync.replicas', '1']])],
  ]);

  configs(type: number, name: string): ReadonlyMap<string, string> {
    return this.resources.get(`${type} ${name}`) ?? new Map();
  }

  get layers() {
    return { given: GIVEN, dynamicDefault: this.configs(BROKER, ''), dynamicBroker: this.configs(BROKER, '1') };
  }

  create(name: string, pairs: Pairs): ConfigEntry[] {
    const configs = new Map(pairs);
    validateTopicConfigs(configs, this.layers);
    this.resources.set(`${TOPIC} ${name}`, configs as Map<string, string>);
    return describeCreatedTopic(this.configs(TOPIC, name), this.layers);
  }

  alter(type: number, name: string, alterations: ConfigAlteration[]): void {
    checkAlterations(alterations);
    const current = this.configs(type, name);
    this.keep(type, name, this.altered(type, name, current, alterations));
  }

  private altered(type: number, name: string, current: ReadonlyMap<string, string>, alterations: ConfigAlteration[]) {
    if (type === TOPIC) return alterTopicConfigs(current, alterations, this.layers);
    if (type === BROKER)
      return alterBrokerConfigs(name, alterations, {
        nodeId: 1,
        layers: this.layers,
        elrEnabled: true,
        checkListeners: () => {},
      });
    if (type === METRICS) return alterClientMetrics(name, current, alterations);
    return alterGroupConfigs(name, current, alterations, this.layers);
  }

  replace(type: number, name: string, configs: Map<string, string>): void {
    const context = { nodeId: 1, layers: this.layers, elrEnabled: true, checkListeners: () => {} };
    const current = this.configs(type, name);
    this.keep(
      type,
      name,
      type === BROKER
        ? replaceBrokerConfigs(name, configs, context)
        : replaceTopicConfigs(current, configs, this.layers),
    );
  }

  private keep(type: number, name: string, { configs, changes }: AlteredConfigs): void {
    const changed = new Map(this.configs(type, name));
    for (const { name: key, value } of changes) value === null ? changed.delete(key) : changed.set(key, value);
    expect(changed, 'the records say what the configs become').toEqual(configs);
    this.resources.set(`${type} ${name}`, configs);
  }

  describe(type: number, name: string): ConfigEntry[] {
    if (type === TOPIC) return describeTopic(this.configs(TOPIC, name), this.layers);
    if (type === BROKER)
      return isThisBroker(name, 1, 'describe')
        ? describeBroker(this.layers)
        : describeDefaultBroker(this.configs(BROKER, ''));
    if (type === METRICS) return describeClientMetrics(this.configs(type, name));
    return describeGroup(this.configs(type, name), this.layers);
  }
}

function answer(cluster: Cluster, [what, type, name, given]: Line): unknown[] {
  if (what === 'create') {
    const entries = cluster.create(name, given as Pairs);
    return [0, null, entries.map((e) => [e.name, e.value, e.configSource, e.readOnly, e.isSensitive])];
  }
  if (what === 'describe') {
    const [names, includeSynonyms] = given as [string[] | null, boolean];
    const entries = selectEntries(cluster.describe(type, name), {
      names,
      includeSynonyms,
      includeDocumentation: false,
    });
    return [0, '', entries.map(shown)];
  }
  if (what === 'replace') cluster.replace(type, name, new Map(given as [string, string][]));
  else
    cluster.alter(
      type,
      name,
      (given as [string, number, string | null][]).map(([key, configOperation, value]) => ({
        name: key,
        configOperation,
        value,
      })),
    );
  return [0, null];
}

function shown(e: ConfigEntry): unknown[] {
  expect(e.isDefault).toBe(e.configSource === 5);
  const synonyms = e.synonyms.map(({ name, value, source }) => [name, value, source]);
  return [e.name, e.value, e.configSource, e.readOnly, e.isSensitive, e.configType, synonyms];
}

test.each(['topics', 'brokers', 'groups'])('session %s is answered as Kafka answers it', (session) => {
  const text = readFileSync(new URL(`../../kafka/config-session-${session}.jsonl`, import.meta.url), 'utf8');
  const cluster = new Cluster();
  for (const line of text
    .trim()
    .split('\n')
    .map((json) => JSON.parse(json) as Line)) {
    const [what, type, name, given, expected] = line;
    let got: unknown[];
    try {
      got = answer(cluster, line);
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      got = [error.code, error.message, ...(what === 'describe' ? [[]] : [])];
    }
    expect.soft(got, `${what} ${type} '${name}' ${JSON.stringify(given)}`).toEqual(expected);
  }
});

// Compares the tables with what Apache Kafka's own ConfigDef objects say (test/kafka/configs.md).
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { ONLY_PER_LISTENER } from '../../../src/broker/config/broker-dynamic.ts';
import { ConfigError } from '../../../src/broker/config/config-error.ts';
import type { ConfigDefinition } from '../../../src/broker/config/definition.ts';
import {
  BROKER_CONFIGS,
  CLIENT_METRICS_CONFIGS,
  DYNAMIC_BROKER_CONFIGS,
  GROUP_CONFIGS,
  TOPIC_CONFIGS,
} from '../../../src/broker/config/definitions/index.ts';
import { groupSynonym } from '../../../src/broker/config/describe-group.ts';
import { brokerSynonyms, TOPIC_SYNONYMS } from '../../../src/broker/config/synonyms.ts';
import { parseValue } from '../../../src/broker/config/values.ts';

type Row = [name: string, type: string, default_: string | null, validator: string | null, importance: string];

interface Recorded {
  broker: Row[];
  topic: Row[];
  group: Row[];
  clientMetrics: Row[];
  internal: string[];
  topicSynonyms: Record<string, string[]>;
  groupSynonyms: Record<string, string | null>;
  dynamicUpdateModes: Record<string, string>;
  dynamicOnlyPerListener: string[];
  brokerSynonyms: Record<string, string[]>;
}

const fixture = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../kafka/${name}.json`, import.meta.url), 'utf8'));
const recorded = fixture('config-definitions') as Recorded;

const TABLES = {
  broker: BROKER_CONFIGS,
  topic: TOPIC_CONFIGS,
  group: GROUP_CONFIGS,
  clientMetrics: CLIENT_METRICS_CONFIGS,
} as const;
const kinds = Object.keys(TABLES) as (keyof typeof TABLES)[];

describe.each(kinds)('%s configs', (kind) => {
  const rows = [...TABLES[kind].values()].map((definition): Row => {
    const given = definition.default === undefined ? '(none)' : definition.default;
    return [definition.name, definition.type, given, definition.validator?.text ?? null, definition.importance];
  });

  test('are Kafka’s: names, types, defaults, validators and importance, in Kafka’s order', () => {
    expect(rows).toEqual(recorded[kind]);
  });

  test('say in one line what they are', () => {
    for (const { name, documentation } of TABLES[kind].values())
      expect(documentation, name).toMatch(/^[A-Z_].{10,110}\.$/);
  });
});

test('the same keys are internal', () => {
  const internal = kinds.flatMap((kind) => [...TABLES[kind].values()].filter((d) => d.internal).map((d) => d.name));
  expect(internal.sort()).toEqual(recorded.internal);
});

test('the same broker keys can be changed while the broker runs', () => {
  const dynamic = [...BROKER_CONFIGS.values(), ...DYNAMIC_BROKER_CONFIGS.values()].filter(
    (d) => d.update !== 'read-only',
  );
  expect(Object.fromEntries(dynamic.map(({ name, update }) => [name, update]))).toEqual(recorded.dynamicUpdateModes);
  expect(ONLY_PER_LISTENER).toEqual(recorded.dynamicOnlyPerListener);
});

test('synonyms of topic, broker and group configs are the same', () => {
  const synonyms = [...TOPIC_SYNONYMS].map(([name, list]) => [name, list.map((s) => `${s.name} ${s.toTopicUnit}`)]);
  expect(Object.fromEntries(synonyms)).toEqual(recorded.topicSynonyms);
  const ofBroker = [...BROKER_CONFIGS.keys()].map((name) => [name, brokerSynonyms(name)] as const);
  expect(Object.fromEntries(ofBroker.filter(([, list]) => list.length > 1))).toEqual(recorded.brokerSynonyms);
  const ofGroup = [...GROUP_CONFIGS.keys()].map((name) => [name, groupSynonym(name) ?? null]);
  expect(Object.fromEntries(ofGroup)).toEqual(recorded.groupSynonyms);
});

test('a mechanism of a listener falls back to the plain key', () => {
  expect(brokerSynonyms('listener.name.sasl_ssl.scram-sha-256.sasl.jaas.config').at(-1)).toBe('sasl.jaas.config');
  expect(brokerSynonyms('listener.name.internal.ssl.keystore.type').at(-1)).toBe('ssl.keystore.type');
});

describe('values', () => {
  const values = fixture('config-values') as Record<
    keyof typeof TABLES,
    Record<string, Record<string, string[] | string>>
  >;
  const keys = kinds.flatMap((kind) => Object.keys(values[kind]).map((name) => [name, kind] as const));

  test.each(keys)('of %s are taken and refused as Kafka does', (name, kind) => {
    const definition = TABLES[kind].get(name);
    if (!definition) throw new Error(`no definition of ${name}`);
    for (const [given, expected] of Object.entries(values[kind][name] ?? {}))
      expect(outcome(definition, given), JSON.stringify(given)).toEqual(expected);
  });
});

/** [the text after parsing], or the message of the refusal. */
function outcome(definition: ConfigDefinition, given: string): (string | null)[] | string {
  try {
    const { text } = parseValue(definition, given);
    return [definition.type === 'PASSWORD' ? '[hidden]' : text];
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.message;
  }
}

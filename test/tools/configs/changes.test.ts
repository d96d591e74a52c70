import { describe, expect, test } from 'vitest';
import { parseAddConfig } from '../../../src/tools/configs/changes.ts';
import { inJavaOrder, quotaTitle } from '../../../src/tools/configs/quota-entities.ts';
import { parseCredential } from '../../../src/tools/configs/scram.ts';

describe('--add-config', () => {
  test.each([
    ['k=v,k2=[a,b],k3=', { k: 'v', k2: 'a,b', k3: '' }],
    [' k = 1 , k2 = 2 ,', { k: '1', k2: '2' }],
    ['SCRAM-SHA-256=[iterations=8192,password=a=b]', { 'SCRAM-SHA-256': 'iterations=8192,password=a=b' }],
    ['k=1,k=2', { k: '2' }],
  ])('%s', (argument, configs) => expect(Object.fromEntries(parseAddConfig(argument))).toEqual(configs));

  test.each([['k'], ['k=a=b'], ['k=a,b'], ['']])('%j is no setting', (argument) =>
    expect(() => parseAddConfig(argument)).toThrow('requirement failed: Invalid entity config'),
  );

  test('a key with a blank', () =>
    expect(() => parseAddConfig('a b=1')).toThrow('Invalid character found for config key: a b'));
});

describe('SCRAM credentials', () => {
  test.each([
    ['password=x', { iterations: 4096, password: 'x' }],
    ['iterations=-1,password=x', { iterations: 4096, password: 'x' }],
    ['iterations=8192,password=x,y=z', { iterations: 8192, password: 'x,y=z' }],
  ])('%s', (text, credential) => expect(parseCredential('SCRAM-SHA-256', text)).toEqual(credential));

  test('what is none', () => {
    expect(() => parseCredential('SCRAM-SHA-512', 'secret')).toThrow(
      'Invalid credential property SCRAM_SHA_512=secret',
    );
    expect(() => parseCredential('SCRAM-SHA-512', 'iterations=5,password=x')).toThrow(
      'Iterations 5 is less than the minimum 4096 required for SCRAM-SHA-512',
    );
  });
});

// The order of `kafka-configs --describe --entity-type users` on Kafka 4.3.1.
test('quotas come in the order of Java hash maps', () => {
  const alice = { entity: [{ type: 'user', name: 'alice' }], values: new Map([['request_percentage', 50]]) };
  const everyone = {
    entity: [{ type: 'user', name: null }],
    values: new Map([
      ['request_percentage', 12.5],
      ['controller_mutation_rate', 3],
    ]),
  };
  const ordered = inJavaOrder([alice, everyone]);
  expect(ordered.map(({ entity }) => quotaTitle(entity))).toEqual([
    'the default user-principal',
    "user-principal 'alice'",
  ]);
  expect([...ordered[0]!.values.keys()]).toEqual(['controller_mutation_rate', 'request_percentage']);
});

// Which listeners let in whoever reaches them.
import { expect, test } from 'vitest';
import { configOf } from '../../../src/broker/broker-options.ts';
import { exposedListeners } from '../../../src/broker/config/exposure.ts';

const ALL = '0.0.0.0:9092';
const exposed = (overrides: Record<string, string>) =>
  exposedListeners(configOf({ overrides })).map(({ name }) => name);
const JWKS = { 'sasl.oauthbearer.jwks.endpoint.url': 'https://issuer/keys' };
const UNSECURED =
  'org.apache.kafka.common.security.oauthbearer.internals.unsecured.OAuthBearerUnsecuredValidatorCallbackHandler';

test.each<[string, Record<string, string>, boolean]>([
  ['PLAINTEXT for all', { listeners: `PLAINTEXT://${ALL}` }, true],
  ['PLAINTEXT on loopback', { listeners: 'PLAINTEXT://127.0.0.1:9092' }, false],
  ['SSL without certificates of clients', { listeners: `SSL://${ALL}` }, true],
  ['SSL that asks for them', { listeners: `SSL://${ALL}`, 'ssl.client.auth': 'requested' }, true],
  ['SSL that wants them', { listeners: `SSL://${ALL}`, 'ssl.client.auth': 'required' }, false],
  ['a password', { listeners: `SASL_SSL://${ALL}`, 'sasl.enabled.mechanisms': 'PLAIN' }, false],
  ['tokens without keys', { listeners: `SASL_SSL://${ALL}`, 'sasl.enabled.mechanisms': 'PLAIN,OAUTHBEARER' }, true],
  ['tokens with keys', { listeners: `SASL_SSL://${ALL}`, 'sasl.enabled.mechanisms': 'OAUTHBEARER', ...JWKS }, false],
  [
    'tokens with keys that nobody looks at',
    {
      listeners: `SASL_SSL://${ALL}`,
      'sasl.enabled.mechanisms': 'OAUTHBEARER',
      ...JWKS,
      'listener.name.sasl_ssl.oauthbearer.sasl.server.callback.handler.class': UNSECURED,
    },
    true,
  ],
  [
    'tokens with the keys of their listener',
    {
      listeners: `SASL_SSL://${ALL}`,
      'sasl.enabled.mechanisms': 'OAUTHBEARER',
      'listener.name.sasl_ssl.oauthbearer.sasl.oauthbearer.jwks.endpoint.url': 'https://issuer/keys',
    },
    false,
  ],
])('%s', (_, overrides, isExposed) => {
  expect(exposed(overrides).length > 0).toBe(isExposed);
});

test('a controller listener beside one with a login counts, too', () => {
  const listeners = `SASL_SSL://${ALL},CONTROLLER://0.0.0.0:9093`;
  expect(exposed({ listeners, 'sasl.enabled.mechanisms': 'PLAIN' })).toEqual(['CONTROLLER']);
});

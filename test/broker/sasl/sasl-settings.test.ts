// Settings of SASL, at the start and while the broker runs.
import { describe, expect, it } from 'vitest';
import { connect } from '../../helpers/client.ts';
import { handshake, PLAIN_MODULE, plainLogin, SASL_CONFIG, startSaslBroker } from '../../helpers/sasl.ts';

describe('a configuration that cannot be is refused at start', () => {
  const own = 'listener.name.sasl_plaintext.plain';
  it.each([
    [{ 'sasl.enabled.mechanisms': 'GSSAPI' }, /GSSAPI \(Kerberos\) is not available/],
    [{ 'sasl.enabled.mechanisms': 'DIGEST-MD5' }, /DIGEST-MD5 in sasl.enabled.mechanisms is not one of PLAIN/],
    [{ [`${own}.sasl.jaas.config`]: `${PLAIN_MODULE} required` }, /JAAS config entry not terminated by semi-colon/],
    [{ [`${own}.sasl.jaas.config`]: 'my.Module required;' }, /has my\.Module; it needs .*PlainLoginModule/],
    [
      { [`${own}.sasl.server.callback.handler.class`]: 'my.Handler' },
      /my\.Handler cannot be loaded for PLAIN: there is/,
    ],
    [
      {
        listeners: 'SASL_PLAINTEXT://127.0.0.1:0,X://127.0.0.1:0',
        'listener.security.protocol.map': 'X:SASL_PLAINTEXT,SASL_PLAINTEXT:SASL_PLAINTEXT,CONTROLLER:PLAINTEXT',
      },
      /Could not find a 'KafkaServer' or 'x\.KafkaServer' entry in the JAAS configuration/,
    ],
  ])('%o', async (overrides, message) => {
    await expect(startSaslBroker(overrides as Record<string, string>)).rejects.toThrow(message);
  });

  it('GSSAPI beside others is named in the log, and the others are served', async () => {
    const { port, logger } = await startSaslBroker({ 'sasl.enabled.mechanisms': 'GSSAPI,PLAIN' });
    expect(logger.lines.join('\n')).toContain('the other mechanisms are served');
    expect((await handshake(await connect({ port }), 'PLAIN')).mechanisms).toEqual(['PLAIN']);
  });
});

it('a JAAS that is changed while the broker runs counts for the next login', async () => {
  const { broker, port } = await startSaslBroker();
  const name = 'listener.name.sasl_plaintext.plain.sasl.jaas.config';
  const value = `${PLAIN_MODULE} required user_alice="another";`;
  broker.services.metadata.changeConfigs(4, '1', [{ name, value }]);
  expect((await plainLogin(port, 'alice', 'alice-secret')).answer.errorCode).not.toBe(0);
  expect((await plainLogin(port, 'alice', 'another')).answer.errorCode).toBe(0);
  expect(SASL_CONFIG[name]).toContain('alice-secret');
});

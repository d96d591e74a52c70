// security.protocol, ssl.* and sasl.* as every client checks them, in Kafka's order (SslConfigs, SaslConfigs): what they mean is
// read where it is needed.
import { bool, checkedOnly, double, int, list, long, oneOf, optionalText, short, text } from './define.ts';

const SECURITY_PROTOCOLS = ['PLAINTEXT', 'SSL', 'SASL_PLAINTEXT', 'SASL_SSL'] as const;

const OAUTH = 'sasl.oauthbearer';

export const securityFields = {
  securityProtocol: oneOf('security.protocol', SECURITY_PROTOCOLS, 'PLAINTEXT', { anyCase: true }),
  ...checkedOnly(list('ssl.cipher.suites', []), list('ssl.enabled.protocols', [])),
  ...checkedOnly(
    double('sasl.kerberos.ticket.renew.window.factor', 0.8),
    double('sasl.kerberos.ticket.renew.jitter', 0.05),
    long('sasl.kerberos.min.time.before.relogin', 60_000),
    double('sasl.login.refresh.window.factor', 0.8, { min: 0.5, max: 1 }),
    double('sasl.login.refresh.window.jitter', 0.05, { min: 0, max: 0.25 }),
    short('sasl.login.refresh.min.period.seconds', 60, { min: 0, max: 900 }),
    short('sasl.login.refresh.buffer.seconds', 300, { min: 0, max: 3600 }),
  ),
  saslMechanism: text('sasl.mechanism', 'GSSAPI'),
  ...checkedOnly(
    int('sasl.login.connect.timeout.ms', undefined),
    int('sasl.login.read.timeout.ms', undefined),
    long('sasl.login.retry.backoff.max.ms', 10_000),
    long('sasl.login.retry.backoff.ms', 100),
    optionalText(`${OAUTH}.scope`),
    oneOf(`${OAUTH}.assertion.algorithm`, ['ES256', 'RS256'], 'RS256', { anyCase: true }),
    int(`${OAUTH}.assertion.claim.exp.seconds`, 300, { min: 0, max: 86_400 }),
    bool(`${OAUTH}.assertion.claim.jti.include`, false),
    int(`${OAUTH}.assertion.claim.nbf.seconds`, 60, { min: 0, max: 3600 }),
    long(`${OAUTH}.jwks.endpoint.refresh.ms`, 3_600_000),
    long(`${OAUTH}.jwks.endpoint.retry.backoff.max.ms`, 10_000),
    long(`${OAUTH}.jwks.endpoint.retry.backoff.ms`, 100),
    int(`${OAUTH}.clock.skew.seconds`, 30),
    list(`${OAUTH}.expected.audience`, []),
    bool(`${OAUTH}.header.urlencode`, false),
  ),
} as const;

// Which tokens OAUTHBEARER accepts on a listener: those that the keys of sasl.oauthbearer.jwks.endpoint.url have signed; where
// there is no such setting, as in Kafka by default, unsecured ones, which are for development only.
import type { Clock } from '../../util/clock.ts';
import type { Logger } from '../../util/logger.ts';
import type { TokenValidator } from '../../util/sasl/oauthbearer.ts';
import { validateUnsecured } from '../../util/sasl/unsecured-jws.ts';
import { ConfigError } from '../config/config-error.ts';
import { splitList } from '../config/values.ts';
import { KeySet } from './key-set.ts';
import { securedTokens } from './secured-tokens.ts';

export interface BearerParts {
  readonly clock: Clock;
  readonly logger: Logger;
}

interface BearerConfig {
  readonly listener: string;
  /** A setting of this mechanism on this listener. */
  own(key: string): string | undefined;
  /** Of the login module. */
  readonly options: ReadonlyMap<string, string>;
}

const PACKAGE = 'org.apache.kafka.common.security.oauthbearer';
const UNSECURED = `${PACKAGE}.internals.unsecured.OAuthBearerUnsecuredValidatorCallbackHandler`;
/** The second is its name before Kafka 4. */
const SECURED = [
  `${PACKAGE}.OAuthBearerValidatorCallbackHandler`,
  `${PACKAGE}.secured.OAuthBearerValidatorCallbackHandler`,
];
const URL_KEY = 'sasl.oauthbearer.jwks.endpoint.url';
const VALIDATOR_KEY = 'sasl.oauthbearer.jwt.validator.class';
const VALIDATORS = [`${PACKAGE}.DefaultJwtValidator`, `${PACKAGE}.BrokerJwtValidator`];

/** @throws ConfigError for settings that cannot be */
export function bearerValidator(config: BearerConfig, parts: BearerParts): TokenValidator {
  const { listener, own, options } = config;
  const given = own('sasl.server.callback.handler.class');
  const url = own(URL_KEY);
  if (given !== undefined && given !== UNSECURED && !SECURED.includes(given))
    throw new ConfigError(
      `Listener ${listener}: sasl.server.callback.handler.class=${given} cannot be loaded for OAUTHBEARER: there are ${SECURED[0]} and ${UNSECURED}`,
    );
  // Stricter than Kafka, where a listener with keys but without the class would believe unsecured tokens.
  const isSecured = given === undefined ? url !== undefined : given !== UNSECURED;
  if (!isSecured) return (token) => validateUnsecured(token, options, parts.clock.nowMs());
  if (url === undefined || !/^(file|https?):/.test(url) || !URL.canParse(url))
    throw new ConfigError(
      `Listener ${listener}: ${URL_KEY}=${url ?? ''} is no URL: set it to a file:, http: or https: one`,
    );
  const validator = own(VALIDATOR_KEY);
  if (validator !== undefined && !VALIDATORS.includes(validator))
    throw new ConfigError(
      `Listener ${listener}: ${VALIDATOR_KEY}=${validator} cannot be loaded: there is ${VALIDATORS[0]}`,
    );
  return secured(url, config, parts);
}

function secured(
  url: string,
  { listener, own, options }: BearerConfig,
  { clock, logger }: BearerParts,
): TokenValidator {
  const prefix = 'sasl.oauthbearer';
  const keys = new KeySet({
    ...{ url, clock, logger, tls: (key: string) => options.get(key) },
    refreshMs: Number(own(`${prefix}.jwks.endpoint.refresh.ms`)),
    backoffMs: Number(own(`${prefix}.jwks.endpoint.retry.backoff.ms`)),
    backoffMaxMs: Number(own(`${prefix}.jwks.endpoint.retry.backoff.max.ms`)),
  });
  for (const key of [`${prefix}.expected.audience`, `${prefix}.expected.issuer`])
    if (!own(key))
      logger.warn(`Listener ${listener}: without ${key} a token for another service may let its owner in here`);
  return securedTokens({
    keys,
    audiences: splitList(own(`${prefix}.expected.audience`) ?? ''),
    issuer: own(`${prefix}.expected.issuer`),
    scopeClaim: own(`${prefix}.scope.claim.name`) ?? 'scope',
    subjectClaim: own(`${prefix}.sub.claim.name`) ?? 'sub',
    clockSkewMs: Number(own(`${prefix}.clock.skew.seconds`)) * 1000,
    nowMs: () => clock.nowMs(),
  });
}

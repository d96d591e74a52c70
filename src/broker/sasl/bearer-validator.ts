// Which tokens OAUTHBEARER accepts on a listener.
import type { Clock } from '../../util/clock.ts';
import type { Logger } from '../../util/logger.ts';
import type { TokenValidator } from '../../util/sasl/oauthbearer.ts';
import { validateUnsecured } from '../../util/sasl/unsecured-jws.ts';
import { ConfigError } from '../config/config-error.ts';

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

/** @throws ConfigError for settings that cannot be */
export function bearerValidator({ listener, own, options }: BearerConfig, { clock }: BearerParts): TokenValidator {
  const given = own('sasl.server.callback.handler.class');
  if (given === undefined || given === UNSECURED) return (token) => validateUnsecured(token, options, clock.nowMs());
  throw new ConfigError(
    `Listener ${listener}: sasl.server.callback.handler.class=${given} cannot be loaded for OAUTHBEARER: there is ${UNSECURED}`,
  );
}

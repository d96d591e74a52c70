// Tokens for OAUTHBEARER: made up without a signature for development, as Kafka's default login handler makes them.
import { BearerClient } from '../../util/sasl/oauthbearer.ts';
import { unsecuredExtensions, unsecuredToken } from '../../util/sasl/unsecured-jws.ts';
import { LoginSetupError } from '../errors.ts';
import type { Credentials } from './credentials.ts';

const UNSECURED =
  'org.apache.kafka.common.security.oauthbearer.internals.unsecured.OAuthBearerUnsecuredLoginCallbackHandler';

/** @throws LoginSetupError */
export async function bearerCredentials(
  properties: Readonly<Record<string, string>>,
  options: ReadonlyMap<string, string>,
): Promise<Credentials> {
  const handler = properties['sasl.login.callback.handler.class'];
  if (handler !== undefined && handler !== UNSECURED)
    throw new LoginSetupError(`sasl.login.callback.handler.class=${handler} cannot be loaded: there is ${UNSECURED}`);
  const begin = (nowMs: number) => {
    try {
      return new BearerClient(unsecuredToken(options, nowMs), unsecuredExtensions(options));
    } catch (error) {
      throw new LoginSetupError((error as Error).message);
    }
  };
  return { mechanism: 'OAUTHBEARER', begin };
}

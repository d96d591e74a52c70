// Tokens for OAUTHBEARER: from an identity provider, or made up without a signature for development, as Kafka's default login
// handler makes them.
import { BearerClient } from '../../../util/sasl/oauthbearer.ts';
import { unsecuredExtensions, unsecuredToken } from '../../../util/sasl/unsecured-jws.ts';
import { LoginSetupError } from '../../errors.ts';
import type { Credentials } from '../credentials.ts';
import type { RetrievedToken } from './token-endpoint.ts';

type Properties = Readonly<Record<string, string>>;
type Options = ReadonlyMap<string, string>;

const PACKAGE = 'org.apache.kafka.common.security.oauthbearer';
const UNSECURED = `${PACKAGE}.internals.unsecured.OAuthBearerUnsecuredLoginCallbackHandler`;
/** The second is its name before Kafka 4. */
const SECURED = [`${PACKAGE}.OAuthBearerLoginCallbackHandler`, `${PACKAGE}.secured.OAuthBearerLoginCallbackHandler`];
const RETRIEVER_KEY = 'sasl.oauthbearer.jwt.retriever.class';
const MECHANISM = 'OAUTHBEARER';

/** @throws LoginSetupError for settings that cannot be, or a token that cannot be had */
export async function bearerCredentials(properties: Properties, options: Options): Promise<Credentials> {
  const handler = properties['sasl.login.callback.handler.class'];
  if (handler !== undefined && handler !== UNSECURED && !SECURED.includes(handler))
    throw new LoginSetupError(
      `sasl.login.callback.handler.class=${handler} cannot be loaded: there are ${SECURED[0]} and ${UNSECURED}`,
    );
  const isSecured = handler === undefined ? 'sasl.oauthbearer.token.endpoint.url' in properties : handler !== UNSECURED;
  return isSecured ? retrievedTokens(properties, options) : unsecuredTokens(options);
}

function unsecuredTokens(options: Options): Credentials {
  const begin = (nowMs: number) => {
    try {
      return new BearerClient(unsecuredToken(options, nowMs), unsecuredExtensions(options));
    } catch (error) {
      throw new LoginSetupError((error as Error).message);
    }
  };
  return { mechanism: MECHANISM, begin };
}

/** The first token is had at once, so that a client that cannot get one is not made; later ones as they run out. */
async function retrievedTokens(properties: Properties, options: Options): Promise<Credentials> {
  const { RETRIEVERS, tokenSource } = await import('./token-endpoint.ts');
  const retriever = properties[RETRIEVER_KEY]?.trim() ?? RETRIEVERS.default;
  const known: readonly string[] = Object.values(RETRIEVERS);
  if (!known.includes(retriever))
    throw new LoginSetupError(`${RETRIEVER_KEY}=${retriever} cannot be loaded: there are ${known.join(', ')}`);
  const retrieve = tokenSource(retriever, properties, options);
  let current: RetrievedToken;
  try {
    current = await retrieve(Date.now());
  } catch (error) {
    throw error instanceof LoginSetupError ? error : new LoginSetupError(`No token: ${(error as Error).message}`);
  }
  const refreshMs = refreshTime(properties);
  const extensions = new Map(
    [...options]
      .filter(([name]) => name.startsWith('extension_'))
      .map(([name, value]) => [name.slice('extension_'.length), value]),
  );
  const begin = async (nowMs: number) => {
    if (nowMs >= refreshMs(current)) {
      // An old one that still holds is better than none.
      current = await retrieve(nowMs).catch((error) => {
        if (nowMs < current.expiresMs) return current;
        throw error;
      });
    }
    return new BearerClient(current.token, extensions);
  };
  return { mechanism: MECHANISM, begin };
}

/** When a token is replaced (sasl.login.refresh.*, ExpiringCredentialRefreshingLogin). */
function refreshTime(properties: Properties): (token: RetrievedToken) => number {
  const factor = Number(properties['sasl.login.refresh.window.factor'] ?? 0.8);
  const jitter = Number(properties['sasl.login.refresh.window.jitter'] ?? 0.05);
  const bufferMs = 1000 * Number(properties['sasl.login.refresh.buffer.seconds'] ?? 300);
  const leastMs = 1000 * Number(properties['sasl.login.refresh.min.period.seconds'] ?? 60);
  const share = factor + jitter * Math.random();
  return ({ issuedMs, expiresMs }) => {
    const lifeMs = expiresMs - issuedMs;
    const wanted = issuedMs + lifeMs * share;
    // Where life is too short for both, the factor alone counts.
    if (lifeMs < bufferMs + leastMs) return wanted;
    return Math.max(issuedMs + leastMs, Math.min(wanted, expiresMs - bufferMs));
  };
}

// Tokens from an identity provider (KIP-768, KIP-1139, KIP-1258): asked for, or read from a file that somebody keeps up to
// date. Follows Kafka's JwtRetrievers and ClientJwtValidator.
import { fileURLToPath } from 'node:url';
import { httpExchange } from '../../../security/http.ts';
import { readSettingFile } from '../../../security/read-file.ts';
import { parseJwt } from '../../../util/jwt.ts';
import { LoginSetupError } from '../../errors.ts';
import { clientCredentials, type Grant, jwtBearer } from './grants.ts';

type Properties = Readonly<Record<string, string>>;
type Options = ReadonlyMap<string, string>;

/** A token and how long it is good for. */
export interface RetrievedToken {
  readonly token: string;
  /** Milliseconds since the epoch. */
  readonly issuedMs: number;
  readonly expiresMs: number;
}

const URL_KEY = 'sasl.oauthbearer.token.endpoint.url';
const PACKAGE = 'org.apache.kafka.common.security.oauthbearer';
/** Values of sasl.oauthbearer.jwt.retriever.class. */
export const RETRIEVERS = {
  /** A file: URL is read, of any other a token is asked for with client credentials. */
  default: `${PACKAGE}.DefaultJwtRetriever`,
  credentials: `${PACKAGE}.ClientCredentialsJwtRetriever`,
  file: `${PACKAGE}.FileJwtRetriever`,
  jwtBearer: `${PACKAGE}.JwtBearerJwtRetriever`,
} as const;

/**
 * What gets a token, each time anew.
 * @param retriever one of RETRIEVERS
 * @param options of the login module: what grants take from it, and ssl.* for https
 * @throws LoginSetupError for settings that cannot be
 */
export function tokenSource(
  retriever: string,
  properties: Properties,
  options: Options,
): (nowMs: number) => Promise<RetrievedToken> {
  const url = properties[URL_KEY]?.trim();
  const isFile = retriever === RETRIEVERS.file || (retriever === RETRIEVERS.default && url?.startsWith('file:'));
  const schemes = isFile ? ['file'] : retriever === RETRIEVERS.default ? ['file', 'http', 'https'] : ['http', 'https'];
  if (url === undefined || !URL.canParse(url) || !schemes.includes(new URL(url).protocol.slice(0, -1)))
    throw new LoginSetupError(`${URL_KEY}=${url ?? ''} is no URL: set it to a ${schemes.join(':, ')}: one`);
  const retrieve = isFile
    ? async () => readSettingFile(fileURLToPath(url)).toString('utf8').trim()
    : asking(
        url,
        retriever === RETRIEVERS.jwtBearer ? jwtBearer(properties) : clientCredentials(properties, options),
        properties,
        options,
      );
  const subject = properties['sasl.oauthbearer.sub.claim.name'] ?? 'sub';
  return async (nowMs) => checked(await retrieve(nowMs), subject, nowMs);
}

function asking(
  url: string,
  grant: Grant,
  properties: Properties,
  options: Options,
): (nowMs: number) => Promise<string> {
  const fixed = {
    url,
    method: 'POST' as const,
    tls: (key: string) => options.get(key) ?? properties[key],
    timeoutMs: timeoutOf(properties),
  };
  const backoffMs = Number(properties['sasl.login.retry.backoff.ms'] ?? 100);
  const backoffMaxMs = Number(properties['sasl.login.retry.backoff.max.ms'] ?? 10_000);
  return (nowMs) => {
    const request = { ...fixed, ...grant(nowMs) };
    return repeated(() => exchanged(request), backoffMs, backoffMaxMs);
  };
}

const DEFAULT_TIMEOUT_MS = 30_000;

function timeoutOf(properties: Properties): number {
  const connectMs = Number(properties['sasl.login.connect.timeout.ms'] ?? 0);
  const readMs = Number(properties['sasl.login.read.timeout.ms'] ?? 0);
  return connectMs + readMs || DEFAULT_TIMEOUT_MS;
}

/** What the provider answers on purpose; asking again changes nothing. */
class Refused extends Error {}

async function exchanged(request: Parameters<typeof httpExchange>[0]): Promise<string> {
  const { status, body } = await httpExchange(request);
  const answer = jsonOf(body);
  if (status === 200 || status === 201) {
    const token = answer['access_token'] ?? answer['id_token'];
    if (typeof token === 'string' && token.trim() !== '') return token.trim();
    throw new Refused('The token endpoint response did not contain a valid JWT');
  }
  const { error = 'no reason', error_description: description } = answer;
  const text = `The token endpoint answers with status ${status}: ${error}${description ? ` - ${description}` : ''}`;
  throw status >= 400 && status < 500 && status !== 408 && status !== 429 ? new Refused(text) : new Error(text);
}

function jsonOf(body: string): Record<string, unknown> {
  try {
    return (JSON.parse(body) as Record<string, unknown> | null) ?? {};
  } catch {
    return {};
  }
}

/** Asks again with longer and longer pauses, until the pauses add up to the longest. */
async function repeated<T>(ask: () => Promise<T>, backoffMs: number, backoffMaxMs: number): Promise<T> {
  let waitedMs = 0;
  for (let pauseMs = backoffMs; ; pauseMs *= 2) {
    try {
      return await ask();
    } catch (error) {
      if (error instanceof Refused || waitedMs + pauseMs > backoffMaxMs) throw error;
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
      waitedMs += pauseMs;
    }
  }
}

/** Only what the client itself depends on; the broker checks the rest. */
function checked(token: string, subject: string, nowMs: number): RetrievedToken {
  const { claims } = parseJwt(token);
  const { exp, iat } = claims as { exp?: unknown; iat?: unknown };
  if (typeof exp !== 'number') throw new Error('the token has no claim exp');
  if (typeof claims[subject] !== 'string') throw new Error(`the token has no claim ${subject}`);
  return { token, expiresMs: exp * 1000, issuedMs: typeof iat === 'number' ? iat * 1000 : nowMs };
}

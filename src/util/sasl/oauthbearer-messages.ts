// The client's message of OAUTHBEARER (RFC 7628, section 3.1), within Kafka's limits (OAuthBearerClientInitialResponse).
import { SaslError } from './sasl.ts';

const SASLNAME = '(?:[\\x01-\\x2B\\x2D-\\x3C\\x3E-\\x7F]|=2C|=3D)+';
const KEY = '[A-Za-z]+';
const VALUE = '[\\x21-\\x7E \\t\\r\\n]+';
const INITIAL = new RegExp(`^n,(?:a=(?<authzid>${SASLNAME}))?,\\x01(?<pairs>(?:${KEY}=${VALUE}\\x01)*)\\x01$`);
const AUTH = /^(?<scheme>\w+) +(?<token>[-_~+/.a-zA-Z0-9]+=*)$/;

/** What a client says again after it was told why its token was refused. */
export const ACKNOWLEDGED_ERROR = Buffer.from([1]);

export interface BearerMessage {
  readonly token: string;
  readonly authorizationId: string;
  readonly extensions: ReadonlyMap<string, string>;
}

/** @throws SaslError; the token is not in its message */
export function parseBearerMessage(message: Buffer): BearerMessage {
  const groups = INITIAL.exec(message.toString('utf8'))?.groups;
  if (groups === undefined) throw new SaslError('Invalid OAUTHBEARER client first message');
  const pairs = (groups['pairs'] ?? '').split('\x01').filter((pair) => pair !== '');
  const extensions = new Map(
    pairs.map((pair): [string, string] => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]),
  );
  const auth = extensions.get('auth');
  if (auth === undefined) throw new SaslError("Invalid OAUTHBEARER client first message: 'auth' not specified");
  extensions.delete('auth');
  const { scheme, token } = AUTH.exec(auth)?.groups ?? {};
  if (scheme === undefined || token === undefined)
    throw new SaslError("Invalid OAUTHBEARER client first message: invalid 'auth' format");
  if (scheme.toLowerCase() !== 'bearer')
    throw new SaslError('Invalid scheme in OAUTHBEARER client first message: not bearer');
  return { token, authorizationId: groups['authzid'] ?? '', extensions };
}

/** @throws SaslError if an extension cannot be sent */
export function bearerMessage(token: string, extensions: ReadonlyMap<string, string> = new Map()): Buffer {
  checkExtensions(extensions);
  const more = [...extensions].map(([key, value]) => `\x01${key}=${value}`);
  return Buffer.from(`n,,\x01auth=Bearer ${token}${more.join('')}\x01\x01`);
}

/** @throws SaslError with Kafka's text */
function checkExtensions(extensions: ReadonlyMap<string, string>): void {
  for (const [key, value] of extensions) {
    if (key === 'auth') throw new SaslError('Extension name auth is invalid');
    if (!new RegExp(`^${KEY}$`).test(key)) throw new SaslError(`Extension name ${key} is invalid`);
    if (!new RegExp(`^${VALUE}$`).test(value)) throw new SaslError(`Extension value of ${key} is invalid`);
  }
}

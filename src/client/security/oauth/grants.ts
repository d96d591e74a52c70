// What a token endpoint is sent: with a client's secret (RFC 6749, section 4.4), with an assertion in its place (RFC 7523,
// section 2.2), or for an assertion alone (section 2.1). Follows Kafka's HttpRequestFormatters of 4.3.
import { LoginSetupError } from '../../errors.ts';
import { assertionSource, hasAssertion } from './assertion.ts';

type Properties = Readonly<Record<string, string>>;
type Options = ReadonlyMap<string, string>;

/** One request's variable part. */
export interface GrantRequest {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export type Grant = (nowMs: number) => GrantRequest;

const SECRETS = 'sasl.oauthbearer.client.credentials.client';
const JWT_BEARER = 'urn:ietf:params:oauth:grant-type:jwt-bearer';
const CLIENT_ASSERTION = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
const COMMON = {
  Accept: 'application/json',
  'Cache-Control': 'no-cache',
  'Content-Type': 'application/x-www-form-urlencoded',
};

/** JwtBearerJwtRetriever. @throws LoginSetupError */
export function jwtBearer(properties: Properties): Grant {
  const assertion = assertionSource(properties);
  const scope = properties['sasl.oauthbearer.scope'];
  return (nowMs) => ({
    headers: COMMON,
    body: form([
      ['grant_type', JWT_BEARER],
      ['assertion', assertion(nowMs)],
      ['scope', scope],
    ]),
  });
}

/**
 * ClientCredentialsJwtRetriever.
 * @param options of the login module: clientId, clientSecret and scope where the settings have none
 * @throws LoginSetupError
 */
export function clientCredentials(properties: Properties, options: Options): Grant {
  const scope = properties['sasl.oauthbearer.scope'] ?? options.get('scope');
  const value = (key: string, option: string) => (properties[key] ?? options.get(option))?.trim();
  if (hasAssertion(properties)) {
    const assertion = assertionSource(properties);
    const id = value(`${SECRETS}.id`, 'clientId');
    return (nowMs) => ({
      headers: COMMON,
      body: form([
        ['client_assertion_type', CLIENT_ASSERTION],
        ['client_assertion', assertion(nowMs)],
        ['grant_type', 'client_credentials'],
        ['client_id', id],
        ['scope', scope],
      ]),
    });
  }
  const required = (key: string, option: string) => {
    const text = value(key, option);
    if (text) return text;
    throw new LoginSetupError(`There is neither ${key} nor ${option}="…" in the JAAS configuration`);
  };
  const isEncoded = properties['sasl.oauthbearer.header.urlencode']?.trim().toLowerCase() === 'true';
  const part = (text: string) => (isEncoded ? formEncoded(text) : text);
  const id = part(required(`${SECRETS}.id`, 'clientId'));
  const secret = part(required(`${SECRETS}.secret`, 'clientSecret'));
  const headers = { ...COMMON, Authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}` };
  const body = form([
    ['grant_type', 'client_credentials'],
    ['scope', scope],
  ]);
  return () => ({ headers, body });
}

/** Without fields that have no value. */
function form(fields: readonly (readonly [string, string | undefined])[]): string {
  const given = fields.filter(([, value]) => value !== undefined && value.trim() !== '');
  return given.map(([name, value]) => `${name}=${formEncoded(value!.trim())}`).join('&');
}

/** application/x-www-form-urlencoded, as java.net.URLEncoder does it. */
function formEncoded(text: string): string {
  return encodeURIComponent(text)
    .replaceAll('%20', '+')
    .replace(/[!'()~]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
}

// Tokens without a signature, for development (Kafka's OAuthBearerUnsecuredLoginCallbackHandler and
// OAuthBearerUnsecuredValidatorCallbackHandler): what they claim is believed.
import { JwtError, parseJwt } from '../jwt.ts';
import { type BearerToken, TokenRefused } from './oauthbearer.ts';

type Options = ReadonlyMap<string, string>;

/** An option of a login module has a value that it cannot have. */
export class BearerConfigError extends Error {
  override name = 'BearerConfigError';
}

const DEFAULT_LIFETIME_SECONDS = '3600';
const EXTENSION = 'unsecuredLoginExtension_';

/**
 * The token that a login module's `unsecuredLogin…` options describe.
 * @throws BearerConfigError if they describe none
 */
export function unsecuredToken(options: Options, nowMs: number): string {
  if (options.size === 0) throw new BearerConfigError("No OAuth Bearer tokens in Subject's private credentials");
  if ([...options.keys()].every((name) => name.startsWith(EXTENSION)))
    throw new BearerConfigError('Extensions provided in login context without a token');
  const lifetime = options.get('unsecuredLoginLifetimeSeconds') ?? DEFAULT_LIFETIME_SECONDS;
  if (!/^[+-]?\d+$/.test(lifetime)) throw new BearerConfigError(`For input string: "${lifetime}"`);
  const claims = { exp: nowMs / 1000 + Number(lifetime), iat: nowMs / 1000, ...claimsOf(options) };
  const principal = (claims as Record<string, unknown>)[named(options, 'unsecuredLoginPrincipalClaimName', 'sub')];
  if (typeof principal !== 'string' || principal.trim() === '')
    throw new BearerConfigError(
      `No principal name in JWT claim: ${named(options, 'unsecuredLoginPrincipalClaimName', 'sub')}`,
    );
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg: 'none' })}.${part(claims)}.`;
}

/** The SASL extensions among a login module's options. */
export function unsecuredExtensions(options: Options): Map<string, string> {
  const extensions = [...options].filter(([name]) => name.startsWith(EXTENSION));
  return new Map(extensions.map(([name, value]) => [name.slice(EXTENSION.length), value]));
}

function claimsOf(options: Options): Record<string, unknown> {
  const claims: Record<string, unknown> = {};
  for (const [name, value] of options) {
    const [, type, claim] = /^unsecuredLogin(String|Number|List)Claim_(.+)$/.exec(name) ?? [];
    if (claim === undefined) continue;
    if (claim === 'iat' || claim === 'exp') throw new BearerConfigError(`Cannot explicitly set the '${claim}' claim`);
    claims[claim] = type === 'String' ? value : type === 'List' ? listOf(value) : numberOf(value);
  }
  return claims;
}

function numberOf(value: string): number {
  const number = Number(value);
  if (value.trim() === '' || !Number.isFinite(number)) throw new BearerConfigError(`For input string: "${value}"`);
  return number;
}

/** The first character separates the rest. */
function listOf(value: string): string[] {
  return value.length <= 1 ? [] : value.slice(1).split(value[0]!);
}

function named(options: Options, name: string, initial: string): string {
  return options.get(name)?.trim() || initial;
}

/**
 * Checks a token as `unsecuredValidator…` options say: who, since when, until when, what for.
 * @throws TokenRefused
 */
export function validateUnsecured(token: string, options: Options, nowMs: number): BearerToken {
  const claims = claimsIn(token);
  const skewMs = Number(named(options, 'unsecuredValidatorAllowableClockSkewMs', '0'));
  const principal = claims[named(options, 'unsecuredValidatorPrincipalClaimName', 'sub')];
  if (typeof principal !== 'string' || principal.trim() === '')
    throw new TokenRefused('there is no principal name among its claims');
  const { exp, iat } = claims;
  if (typeof exp !== 'number') throw new TokenRefused('No expiration time in JWT');
  if (iat !== undefined && typeof iat !== 'number') throw new TokenRefused("The 'iat' claim was not of type Number");
  if (iat !== undefined && iat * 1000 > nowMs + skewMs) throw new TokenRefused('it was issued in the future');
  if (nowMs - skewMs >= exp * 1000) throw new TokenRefused('it has expired');
  if (iat !== undefined && exp <= iat) throw new TokenRefused('it expires before it was issued');
  const scope = scopeOf(claims[named(options, 'unsecuredValidatorScopeClaimName', 'scope')]);
  const required = named(options, 'unsecuredValidatorRequiredScope', '')
    .split(/\s+/)
    .filter((item) => item !== '');
  const missing = required.find((item) => !scope.includes(item));
  if (missing !== undefined) throw new TokenRefused(`scope ${missing} is missing`, `[${required.join(', ')}]`);
  return { principal, expiresMs: Math.min(Math.round(exp * 1000), Number.MAX_SAFE_INTEGER), scope };
}

function claimsIn(token: string): Readonly<Record<string, unknown>> {
  try {
    const { header, claims, signature } = parseJwt(token);
    // As in Kafka: a signature that nobody checks must not look as if somebody did.
    if (header['alg'] !== 'none' || signature.length > 0) throw new TokenRefused('it is no unsecured token');
    return claims;
  } catch (error) {
    throw error instanceof JwtError ? new TokenRefused(error.message) : error;
  }
}

function scopeOf(claim: unknown): string[] {
  if (typeof claim === 'string') return claim.trim() === '' ? [] : [claim.trim()];
  if (!Array.isArray(claim)) return [];
  return claim.map((item) => String(item).trim()).filter((item) => item !== '');
}

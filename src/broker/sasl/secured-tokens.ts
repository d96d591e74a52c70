// Tokens that an identity provider has signed (KIP-768), checked as Kafka's BrokerJwtValidator does.
import { JwtError, parseJwt, verifyJwt } from '../../util/jwt.ts';
import { type BearerToken, TokenRefused, type TokenValidator } from '../../util/sasl/oauthbearer.ts';
import type { KeySet } from './key-set.ts';

export interface SecuredTokenOptions {
  readonly keys: Pick<KeySet, 'keys'>;
  /** Of which a token must name one; a token that names any is refused if there are none. */
  readonly audiences: readonly string[];
  readonly issuer: string | undefined;
  readonly scopeClaim: string;
  readonly subjectClaim: string;
  readonly clockSkewMs: number;
  nowMs(): number;
}

type Claims = Readonly<Record<string, unknown>>;

export function securedTokens(options: SecuredTokenOptions): TokenValidator {
  return async (token) => {
    try {
      const jwt = parseJwt(token);
      verifyJwt(jwt, await options.keys.keys(jwt.header['kid']));
      return accepted(jwt.claims, options);
    } catch (error) {
      throw error instanceof JwtError ? new TokenRefused(error.message) : error;
    }
  };
}

/** @throws TokenRefused */
function accepted(claims: Claims, options: SecuredTokenOptions): BearerToken {
  const { issuer, audiences, subjectClaim, scopeClaim, clockSkewMs } = options;
  const nowMs = options.nowMs();
  const expiresMs = timeOf(claims, 'exp');
  if (nowMs - clockSkewMs >= expiresMs) throw new TokenRefused('it has expired');
  timeOf(claims, 'iat');
  if (claims['nbf'] !== undefined && nowMs + clockSkewMs < timeOf(claims, 'nbf'))
    throw new TokenRefused('it is not valid yet');
  if (issuer !== undefined && claims['iss'] !== issuer) throw new TokenRefused('it comes from another issuer');
  checkAudience(claims['aud'], audiences);
  const principal = claims[subjectClaim];
  if (typeof principal !== 'string' || principal.trim() === '')
    throw new TokenRefused(`its claim ${subjectClaim} names nobody`);
  return {
    principal: principal.trim(),
    expiresMs: Math.min(expiresMs, Number.MAX_SAFE_INTEGER),
    scope: scopeOf(claims[scopeClaim]),
  };
}

function timeOf(claims: Claims, name: string): number {
  const seconds = claims[name];
  if (typeof seconds !== 'number' || !Number.isFinite(seconds))
    throw new TokenRefused(`its claim ${name} is missing or no number`);
  return seconds * 1000;
}

function checkAudience(claim: unknown, expected: readonly string[]): void {
  const named = Array.isArray(claim) ? claim : claim === undefined ? [] : [claim];
  if (expected.length === 0 && named.length === 0) return;
  if (!named.some((audience) => expected.includes(String(audience))))
    throw new TokenRefused('it is for another audience');
}

function scopeOf(claim: unknown): string[] {
  const parts = Array.isArray(claim) ? claim.map(String) : typeof claim === 'string' ? [claim] : [];
  return parts.map((part) => part.trim()).filter((part) => part !== '');
}

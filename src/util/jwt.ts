// JSON Web Tokens in compact form (RFC 7515, 7517, 7518, 7519): taken apart, and their signatures checked against a key set.
import { constants, createPublicKey, type JsonWebKey, type KeyObject, verify } from 'node:crypto';
import { parseUniqueJson } from './unique-json.ts';

export interface Jwt {
  readonly header: Readonly<Record<string, unknown>>;
  readonly claims: Readonly<Record<string, unknown>>;
  /** What is signed: header and claims as they came. */
  readonly signed: string;
  readonly signature: Buffer;
}

/** A token that is malformed or not signed as it should be. The message does not hold the token. */
export class JwtError extends Error {
  override name = 'JwtError';
}

/** @throws JwtError */
export function parseJwt(token: string): Jwt {
  const parts = token.split('.');
  if (parts.length !== 3) throw new JwtError('A JWT must have 3 dot-separated Base64URL-encoded values');
  const [header, claims, signature] = parts as [string, string, string];
  return {
    header: objectOf(header),
    claims: objectOf(claims),
    signed: `${header}.${claims}`,
    signature: bytesOf(signature),
  };
}

function bytesOf(text: string): Buffer {
  if (!/^[A-Za-z0-9_-]*={0,2}$/.test(text)) throw new JwtError('malformed Base64 URL encoded value');
  return Buffer.from(text, 'base64url');
}

function objectOf(text: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = parseUniqueJson(bytesOf(text).toString('utf8'));
  } catch (error) {
    throw error instanceof JwtError ? error : new JwtError('malformed JSON');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new JwtError('malformed JSON');
  return value as Record<string, unknown>;
}

/** A public key of a key set. */
export interface VerificationKey {
  readonly id: string | undefined;
  /** The only algorithm it is for, if the set says so. */
  readonly algorithm: string | undefined;
  readonly key: KeyObject;
}

/**
 * The keys of a JWKS document that can check signatures; others are passed over.
 * @throws JwtError if it is no such document
 */
export function parseKeySet(text: string): VerificationKey[] {
  let keys: unknown;
  try {
    keys = (JSON.parse(text) as { keys?: unknown }).keys;
  } catch {
    keys = undefined;
  }
  if (!Array.isArray(keys)) throw new JwtError('not a JSON Web Key Set: no list of keys');
  return keys.flatMap((jwk: JsonWebKey & { kid?: unknown; use?: unknown; alg?: unknown }) => {
    // Never a secret: whoever knows a public key would know that of an HMAC, too.
    if (!['RSA', 'EC', 'OKP'].includes(String(jwk?.kty)) || (jwk.use !== undefined && jwk.use !== 'sig')) return [];
    try {
      const key = createPublicKey({ key: jwk, format: 'jwk' });
      return [{ id: textOrNothing(jwk.kid), algorithm: textOrNothing(jwk.alg), key }];
    } catch {
      return [];
    }
  });
}

function textOrNothing(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

interface Algorithm {
  readonly keyType: string;
  readonly hash: string | null;
  readonly curve?: string;
  readonly pss?: true;
}

const ALGORITHMS: Readonly<Record<string, Algorithm>> = {
  RS256: { keyType: 'rsa', hash: 'sha256' },
  RS384: { keyType: 'rsa', hash: 'sha384' },
  RS512: { keyType: 'rsa', hash: 'sha512' },
  PS256: { keyType: 'rsa', hash: 'sha256', pss: true },
  PS384: { keyType: 'rsa', hash: 'sha384', pss: true },
  PS512: { keyType: 'rsa', hash: 'sha512', pss: true },
  ES256: { keyType: 'ec', hash: 'sha256', curve: 'prime256v1' },
  ES384: { keyType: 'ec', hash: 'sha384', curve: 'secp384r1' },
  ES512: { keyType: 'ec', hash: 'sha512', curve: 'secp521r1' },
  EdDSA: { keyType: 'ed25519', hash: null },
};
const FEWEST_RSA_BITS = 2048;

/**
 * Checks a signature with the key that the token names, or with each that could be meant if it names none. The algorithm
 * has to be one of public keys, and to fit the key: `none` and HMAC never do.
 * @throws JwtError
 */
export function verifyJwt({ header, signed, signature }: Jwt, keys: readonly VerificationKey[]): void {
  const name = header['alg'];
  const algorithm = typeof name === 'string' && Object.hasOwn(ALGORITHMS, name) ? ALGORITHMS[name] : undefined;
  if (algorithm === undefined) throw new JwtError('the algorithm of the signature is not one that is accepted');
  if (header['crit'] !== undefined) throw new JwtError('the header has critical extensions');
  const candidates = keys.filter(
    (key) =>
      (header['kid'] === undefined || key.id === header['kid']) &&
      (key.algorithm === undefined || key.algorithm === name) &&
      fits(key.key, algorithm),
  );
  if (candidates.length === 0) throw new JwtError('there is no key for its key id and algorithm');
  if (!candidates.some(({ key }) => isValid(key, algorithm, signed, signature)))
    throw new JwtError('its signature is invalid');
}

function fits({ asymmetricKeyType, asymmetricKeyDetails }: KeyObject, { keyType, curve }: Algorithm): boolean {
  if (asymmetricKeyType !== keyType) return false;
  if (keyType === 'rsa') return (asymmetricKeyDetails?.modulusLength ?? 0) >= FEWEST_RSA_BITS;
  return curve === undefined || asymmetricKeyDetails?.namedCurve === curve;
}

function isValid(key: KeyObject, { hash, pss, keyType }: Algorithm, signed: string, signature: Buffer): boolean {
  const options = {
    key,
    ...(pss ? { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST } : {}),
    ...(keyType === 'ec' ? { dsaEncoding: 'ieee-p1363' as const } : {}),
  };
  return verify(hash, Buffer.from(signed), options, signature);
}

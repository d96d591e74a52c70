// Assertions: tokens that a client signs itself to show an identity provider who it is (RFC 7523). They are read ready from a
// file, or made of a template, claims and times and signed with a private key. Follows Kafka's AssertionSupplierFactory,
// DefaultAssertionCreator and the templates beside it.
import { createPrivateKey, type KeyObject, randomUUID, sign } from 'node:crypto';
import { readSettingFile } from '../../../security/read-file.ts';
import { parseJwt } from '../../../util/jwt.ts';
import { LoginSetupError } from '../../errors.ts';

type Properties = Readonly<Record<string, string>>;
type Json = Readonly<Record<string, unknown>>;

const PREFIX = 'sasl.oauthbearer.assertion';
const FILE = `${PREFIX}.file`;
const KEY_FILE = `${PREFIX}.private.key.file`;
const ALGORITHM = `${PREFIX}.algorithm`;
const CLAIMS = ['aud', 'iss', 'sub'] as const;

interface Algorithm {
  readonly name: 'RS256' | 'ES256';
  readonly keyType: 'rsa' | 'ec';
}

const ALGORITHMS: readonly Algorithm[] = [
  { name: 'RS256', keyType: 'rsa' },
  { name: 'ES256', keyType: 'ec' },
];

/** Whether the settings ask for assertions in place of a client's secret (ClientCredentialsRequestFormatterFactory). */
export function hasAssertion(properties: Properties): boolean {
  return [FILE, `${PREFIX}.claim.iss`].some((key) => (properties[key] ?? '').trim() !== '');
}

/**
 * What gives an assertion, each time anew: files may change.
 * @throws LoginSetupError for settings that cannot be; what is returned throws it for files that cannot be used by then
 */
export function assertionSource(properties: Properties): (nowMs: number) => string {
  if ((properties[FILE] ?? '').trim() !== '') return () => readyAssertion(properties);
  const algorithm = algorithmOf(properties);
  const times = timesOf(properties);
  const isUnique = properties[`${PREFIX}.claim.jti.include`]?.trim().toLowerCase() === 'true';
  const fixed = Object.fromEntries(
    CLAIMS.flatMap((claim) => {
      const value = properties[`${PREFIX}.claim.${claim}`]?.trim();
      return value ? [[claim, value]] : [];
    }),
  );
  const make = (nowMs: number) => {
    const { header, payload } = templateOf(properties);
    const now = Math.floor(nowMs / 1000);
    const own = { iat: now, exp: now + times.expires, nbf: now - times.notBefore };
    const claims = { ...fixed, ...payload, ...own, ...(isUnique ? { jti: randomUUID() } : {}) };
    return signed({ ...header, alg: algorithm.name, typ: 'JWT' }, claims, algorithm, properties);
  };
  keyOf(algorithm, properties);
  templateOf(properties);
  return make;
}

function readyAssertion(properties: Properties): string {
  const text = textOf(FILE, properties).trim();
  try {
    parseJwt(text);
  } catch (error) {
    throw new LoginSetupError(`${FILE}=${properties[FILE]} holds no assertion: ${(error as Error).message}`);
  }
  return text;
}

function signed(header: Json, claims: Json, { name, keyType }: Algorithm, properties: Properties): string {
  const part = (value: Json) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const content = `${part(header)}.${part(claims)}`;
  const key = keyOf({ name, keyType }, properties);
  const signature = sign('sha256', Buffer.from(content), { key, dsaEncoding: 'ieee-p1363' });
  return `${content}.${signature.toString('base64url')}`;
}

/** The reason stays without what OpenSSL says of the key's content. */
function keyOf({ name, keyType }: Algorithm, properties: Properties): KeyObject {
  const passphrase = properties[`${PREFIX}.private.key.passphrase`];
  const text = textOf(KEY_FILE, properties);
  let key: KeyObject;
  try {
    key = createPrivateKey({ key: text, format: 'pem', ...(passphrase === undefined ? {} : { passphrase }) });
  } catch {
    const advice = text.includes('ENCRYPTED')
      ? `check ${PREFIX}.private.key.passphrase`
      : 'it has to be a private key in PEM';
    throw new LoginSetupError(`${KEY_FILE}=${properties[KEY_FILE]} cannot be used: ${advice}`);
  }
  if (key.asymmetricKeyType === keyType) return key;
  throw new LoginSetupError(
    `${KEY_FILE}=${properties[KEY_FILE]} cannot be used: ${ALGORITHM}=${name} needs a key of type ${keyType.toUpperCase()}, and this one is ${key.asymmetricKeyType?.toUpperCase()}`,
  );
}

/** Header and payload of the template, none without one; its alg, typ, iat, exp and nbf do not count. */
function templateOf(properties: Properties): { readonly header: Json; readonly payload: Json } {
  const key = `${PREFIX}.template.file`;
  if (!properties[key]?.trim()) return { header: {}, payload: {} };
  let template: { header?: Json; payload?: Json } | null;
  try {
    template = JSON.parse(textOf(key, properties));
  } catch (error) {
    if (error instanceof LoginSetupError) throw error;
    throw new LoginSetupError(`${key}=${properties[key]} is no JSON: ${(error as Error).message}`);
  }
  const { header = {}, payload = {} } = template ?? {};
  return { header, payload };
}

function algorithmOf(properties: Properties): Algorithm {
  const given = properties[ALGORITHM]?.trim() ?? 'RS256';
  const found = ALGORITHMS.find(({ name }) => name === given.toUpperCase());
  if (found !== undefined) return found;
  throw new LoginSetupError(
    `Invalid value ${given} for configuration ${ALGORITHM}: String must be one of (case insensitive): ES256, RS256`,
  );
}

function timesOf(properties: Properties): { expires: number; notBefore: number } {
  return {
    expires: seconds(properties, `${PREFIX}.claim.exp.seconds`, 300, 86_400),
    notBefore: seconds(properties, `${PREFIX}.claim.nbf.seconds`, 60, 3600),
  };
}

function seconds(properties: Properties, key: string, initial: number, most: number): number {
  const given = properties[key]?.trim();
  if (given === undefined) return initial;
  const value = Number(given);
  if (/^[+-]?\d+$/.test(given) && value >= 0 && value <= most) return value;
  const reason = /^[+-]?\d+$/.test(given)
    ? `Value must be ${value < 0 ? 'at least 0' : `no more than ${most}`}`
    : 'Not a number of type INT';
  throw new LoginSetupError(`Invalid value ${given} for configuration ${key}: ${reason}`);
}

function textOf(key: string, properties: Properties): string {
  const path = properties[key]?.trim();
  if (!path) throw new LoginSetupError(`The OAuth configuration option ${key} value is required`);
  try {
    return readSettingFile(path).toString('utf8');
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const option = `The OAuth configuration option ${key}`;
    if (code === 'ENOENT') throw new LoginSetupError(`${option} contains a file (${path}) that doesn't exist`);
    if (code === 'EISDIR') throw new LoginSetupError(`${option} references a directory (${path}), not a file`);
    if (code === 'EACCES')
      throw new LoginSetupError(`${option} contains a file (${path}) that doesn't have read permission`);
    throw new LoginSetupError(`${option} contains a file (${path}) that cannot be read: ${message}`);
  }
}

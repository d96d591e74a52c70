// `--add-scram MECHANISM=[key=value,…]` (ScramParser).
import { createHash, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto';
import { JavaException } from '../java-exception.ts';
import { FormatRefused } from './refused.ts';

const MECHANISMS = {
  'SCRAM-SHA-256': { number: 1, hash: 'sha256', bytes: 32 },
  'SCRAM-SHA-512': { number: 2, hash: 'sha512', bytes: 64 },
} as const;
type Mechanism = keyof typeof MECHANISMS;

const MIN_ITERATIONS = 4096;
const MAX_ITERATIONS = 16384;
const SALT_BYTES = 26;

/** UserScramCredentialRecord. */
export interface Credential {
  readonly name: string;
  readonly mechanism: number;
  readonly salt: Buffer;
  readonly storedKey: Buffer;
  readonly serverKey: Buffer;
  readonly iterations: number;
}

/** The credential that an argument describes; the password itself is kept nowhere. @throws FormatRefused or JavaException with Kafka's text */
export function parseScram(argument: string): Credential {
  const text = argument.trim();
  const equals = text.indexOf('=');
  if (equals < 0) throw new FormatRefused(`Failed to find equals sign in SCRAM argument '${text}'`);
  const name = text.slice(0, equals);
  if (!Object.hasOwn(MECHANISMS, name)) throw new FormatRefused(`The add-scram mechanism ${name} is not supported.`);
  const settings = text.slice(equals + 1);
  if (!settings.startsWith('[')) throw new FormatRefused('Expected configuration string to start with [');
  if (!settings.endsWith(']')) throw new FormatRefused('Expected configuration string to end with ]');
  return credentialOf(name as Mechanism, componentsOf(settings.slice(1, -1)));
}

function componentsOf(text: string): Map<string, string> {
  const components = new Map<string, string>();
  for (const component of text.split(',')) {
    const equals = component.indexOf('=');
    if (equals < 0) throw new FormatRefused(`No equals sign found in SCRAM component: ${component}`);
    const value = component.slice(equals + 1);
    components.set(component.slice(0, equals), /^".*"$/s.test(value) ? value.slice(1, -1) : value);
  }
  return components;
}

function credentialOf(mechanism: Mechanism, components: Map<string, string>): Credential {
  const take = (key: string): string | undefined => {
    const value = components.get(key);
    components.delete(key);
    return value;
  };
  const name = take('name');
  if (name === undefined) throw new FormatRefused("You must supply 'name' to add-scram");
  const givenSalt = take('salt');
  const salt = givenSalt === undefined ? undefined : base64(givenSalt, 'salt');
  const iterations = iterationsOf(take('iterations'));
  const password = take('password');
  const salted = take('saltedpassword');
  if (password === undefined && salted === undefined)
    throw new FormatRefused("You must supply one of 'password' or 'saltedpassword' to add-scram");
  if (password === undefined && salt === undefined)
    throw new FormatRefused("You must supply 'salt' with 'saltedpassword' to add-scram");
  const given = password === undefined ? base64(salted!, 'saltedPassword') : undefined;
  if (components.size > 0)
    throw new FormatRefused(`Unknown SCRAM configurations: ${[...components.keys()].sort().join(', ')}`);
  checkIterations(iterations, mechanism);
  if (password === '') throw new JavaException('java.lang.IllegalArgumentException', 'Empty key');
  const { number, hash, bytes } = MECHANISMS[mechanism];
  const usedSalt = salt ?? randomBytes(SALT_BYTES);
  const saltedPassword = given ?? pbkdf2Sync(password!, usedSalt, iterations, bytes, hash);
  const hmac = (text: string) => createHmac(hash, saltedPassword).update(text).digest();
  const storedKey = createHash(hash).update(hmac('Client Key')).digest();
  return { name, mechanism: number, salt: usedSalt, storedKey, serverKey: hmac('Server Key'), iterations };
}

function checkIterations(iterations: number, mechanism: Mechanism): void {
  const refused = (bound: string) =>
    new FormatRefused(`The 'iterations' value must be ${bound} for add-scram using ${mechanism.replaceAll('-', '_')}`);
  if (iterations < MIN_ITERATIONS) throw refused(`>= ${MIN_ITERATIONS}`);
  if (iterations > MAX_ITERATIONS) throw refused(`<= ${MAX_ITERATIONS}`);
}

function iterationsOf(text: string | undefined): number {
  if (text === undefined) return MIN_ITERATIONS;
  if (!/^[+-]?\d{1,10}$/.test(text)) throw new FormatRefused(`Failed to parse iterations count: ${text}`);
  return Number(text);
}

function base64(text: string, what: string): Buffer {
  if (/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}(?:==)?|[A-Za-z0-9+/]{3}=?)?$/.test(text))
    return Buffer.from(text, 'base64');
  throw new FormatRefused(`Failed to decode given ${what}: ${text}`);
}

// The arithmetic of SCRAM (RFC 5802, section 3). Passwords are taken as UTF-8 as they are, as Kafka does it, without SASLprep.
import { createHash, createHmac, pbkdf2, randomBytes, timingSafeEqual } from 'node:crypto';

/** A mechanism: its hash, and the fewest iterations that either side goes along with. */
export interface ScramMechanism {
  readonly name: ScramMechanismName;
  /** ScramMechanism.type, in requests and records. */
  readonly type: number;
  readonly hash: 'sha256' | 'sha512';
  readonly bytes: number;
  readonly minIterations: number;
}

export type ScramMechanismName = 'SCRAM-SHA-256' | 'SCRAM-SHA-512';

export const SCRAM_MECHANISMS: Readonly<Record<ScramMechanismName, ScramMechanism>> = {
  'SCRAM-SHA-256': { name: 'SCRAM-SHA-256', type: 1, hash: 'sha256', bytes: 32, minIterations: 4096 },
  'SCRAM-SHA-512': { name: 'SCRAM-SHA-512', type: 2, hash: 'sha512', bytes: 64, minIterations: 4096 },
};

/** The mechanism of that name; undefined if it is none of SCRAM's. */
export function scramMechanism(name: string): ScramMechanism | undefined {
  return Object.hasOwn(SCRAM_MECHANISMS, name) ? SCRAM_MECHANISMS[name as ScramMechanismName] : undefined;
}

/** What a server keeps of a password. */
export interface ScramKeys {
  readonly salt: Buffer;
  readonly iterations: number;
  readonly storedKey: Buffer;
  readonly serverKey: Buffer;
}

/** Hi(password, salt, iterations): the work that guessing costs. */
export function saltPassword(
  { hash, bytes }: ScramMechanism,
  password: string,
  salt: Buffer,
  iterations: number,
): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    pbkdf2(password, salt, iterations, bytes, hash, (error, key) => (error ? reject(error) : resolve(key)));
  });
}

export function clientKey({ hash }: ScramMechanism, saltedPassword: Buffer): Buffer {
  return createHmac(hash, saltedPassword).update('Client Key').digest();
}

export function serverKey({ hash }: ScramMechanism, saltedPassword: Buffer): Buffer {
  return createHmac(hash, saltedPassword).update('Server Key').digest();
}

export function storedKey({ hash }: ScramMechanism, key: Buffer): Buffer {
  return createHash(hash).update(key).digest();
}

/** ClientSignature with the stored key, ServerSignature with the server's. */
export function signature({ hash }: ScramMechanism, key: Buffer, authMessage: string): Buffer {
  return createHmac(hash, key).update(authMessage).digest();
}

/** @param a as long as b */
export function xor(a: Buffer, b: Buffer): Buffer {
  return Buffer.from(a.map((byte, i) => byte ^ b[i]!));
}

/** Whether a proof is that of the key behind `stored`. */
export function provesKey(mechanism: ScramMechanism, stored: Buffer, authMessage: string, proof: Buffer): boolean {
  if (proof.length !== mechanism.bytes || stored.length !== mechanism.bytes) return false;
  const key = xor(signature(mechanism, stored, authMessage), proof);
  return timingSafeEqual(storedKey(mechanism, key), stored);
}

const RANDOM_BITS = 130n;

/** 130 random bits as a number of base 36: Kafka's nonces look like this, and as bytes its salts. */
export function randomText(random: (bytes: number) => Buffer = randomBytes): string {
  return base36(random(17));
}

function base36(bytes: Buffer): string {
  return (BigInt(`0x${bytes.toString('hex')}`) & ((1n << RANDOM_BITS) - 1n)).toString(36);
}

/** A salt for who is not there: the same for the same name and key, and none can tell it from a true one. */
export function imitatedSalt(key: Buffer, name: string): Buffer {
  return Buffer.from(base36(createHmac('sha256', key).update(name).digest().subarray(0, 17)));
}

import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** Whether two secrets are the same, in a time that tells neither where they differ nor how long they are. */
export function sameSecret(a: string | Buffer, b: string | Buffer): boolean {
  const key = randomBytes(32);
  const digest = (secret: string | Buffer) => createHmac('sha256', key).update(secret).digest();
  return timingSafeEqual(digest(a), digest(b));
}

// The alert that tells a client why its certificate is refused. OpenSSL would send it, but Node looks at certificates when the
// handshake is over and then only closes the connection, which clients take for a broker that went away: Java's try again until
// their time is up. So the record is made here, for TLS 1.3 (RFC 8446, 5.2 and 7.3), from the secret of the server's side.
import { createCipheriv, createHmac } from 'node:crypto';
import type { TLSSocket } from 'node:tls';

/** RFC 8446, 6: what Java's server tells, for no certificate and for one that it does not take. */
export const CertificateAlert = { BAD_CERTIFICATE: 42, CERTIFICATE_UNKNOWN: 46 } as const;

const FATAL = 2;
const ContentType = { ALERT: 21, APPLICATION_DATA: 23 } as const;
const TAG_BYTES = 16;
const IV_BYTES = 12;

/** By suite: what Node calls the cipher, the bytes of its key, and the hash of key derivation. */
const SUITES = {
  TLS_AES_128_GCM_SHA256: ['aes-128-gcm', 16, 'sha256'],
  TLS_AES_256_GCM_SHA384: ['aes-256-gcm', 32, 'sha384'],
  TLS_CHACHA20_POLY1305_SHA256: ['chacha20-poly1305', 32, 'sha256'],
} as const;

/** A line of the key log (NSS's format) that has the secret of what a server sends after the handshake. */
export function serverSecret(line: Buffer): Buffer | undefined {
  const [label, , secret = ''] = line.toString('latin1').trim().split(' ');
  return label === 'SERVER_TRAFFIC_SECRET_0' ? Buffer.from(secret, 'hex') : undefined;
}

/**
 * The record to send right after the handshake, before anything else was sent.
 * @param secret of {@link serverSecret}
 * @returns undefined for a suite that is none of TLS 1.3
 */
export function alertRecord(socket: TLSSocket, secret: Buffer, description: number): Buffer | undefined {
  const { standardName } = socket.getCipher();
  if (!(standardName in SUITES)) return undefined;
  const [cipher, keyBytes, hash] = SUITES[standardName as keyof typeof SUITES];
  const iv = expand(hash, secret, 'iv', IV_BYTES);
  // The number of the record, in its last byte: before it go two tickets, and none to a client that came with one.
  iv[IV_BYTES - 1]! ^= socket.isSessionReused() ? 0 : 2;
  const content = Buffer.of(FATAL, description, ContentType.ALERT);
  const head = Buffer.of(ContentType.APPLICATION_DATA, 3, 3, 0, content.length + TAG_BYTES);
  const sealed = createCipheriv(cipher as 'aes-128-gcm', expand(hash, secret, 'key', keyBytes), iv, {
    authTagLength: TAG_BYTES,
  });
  sealed.setAAD(head, { plaintextLength: content.length });
  return Buffer.concat([head, sealed.update(content), sealed.final(), sealed.getAuthTag()]);
}

/** HKDF-Expand-Label of RFC 8446, 7.1, without a context, for no more than one block of the hash. */
function expand(hash: string, secret: Buffer, label: string, length: number): Buffer {
  const name = Buffer.from(`tls13 ${label}`);
  const info = Buffer.concat([Buffer.of(0, length, name.length), name, Buffer.of(0, 1)]);
  return createHmac(hash, secret).update(info).digest().subarray(0, length);
}

// An identity provider in this process: it signs tokens, publishes its keys and gives tokens for a client's secret.
import { constants, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

const HASHES: Record<string, string | null> = { '256': 'sha256', '384': 'sha384', '512': 'sha512' };
const CURVES: Record<string, string> = { ES256: 'P-256', ES384: 'P-384', ES512: 'P-521' };

export interface SigningKey {
  readonly id: string;
  readonly algorithm: string;
  readonly privateKey: KeyObject;
  readonly jwk: object;
}

export function signingKey(algorithm: string, id = algorithm): SigningKey {
  const { privateKey, publicKey } = CURVES[algorithm]
    ? generateKeyPairSync('ec', { namedCurve: CURVES[algorithm]! })
    : algorithm === 'EdDSA'
      ? generateKeyPairSync('ed25519')
      : generateKeyPairSync('rsa', { modulusLength: 2048 });
  return { id, algorithm, privateKey, jwk: { ...publicKey.export({ format: 'jwk' }), kid: id, use: 'sig' } };
}

const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

export function jwt({ id, algorithm, privateKey }: SigningKey, claims: object, header: object = {}): string {
  const signed = `${part({ alg: algorithm, kid: id, ...header })}.${part(claims)}`;
  const pss = { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST };
  const key = { key: privateKey, dsaEncoding: 'ieee-p1363' as const, ...(algorithm.startsWith('PS') ? pss : {}) };
  const signature = sign(HASHES[algorithm.slice(2)] ?? null, Buffer.from(signed), key);
  return `${signed}.${signature.toString('base64url')}`;
}

export interface Asked {
  readonly path: string;
  readonly authorization: string | undefined;
  readonly body: string;
}

/** Answers GET /keys with what `keys` holds then, and POST /token with what `answer` gives. */
export async function identityProvider(keys: SigningKey[], answer: () => { status: number; body: string }) {
  const asked: Asked[] = [];
  const server = http.createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', () => {
      asked.push({ path: request.url!, authorization: request.headers.authorization, body });
      const given =
        request.url === '/keys'
          ? { status: 200, body: JSON.stringify({ keys: keys.map(({ jwk }) => jwk) }) }
          : answer();
      response.writeHead(given.status, { 'Content-Type': 'application/json' }).end(given.body);
    });
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}

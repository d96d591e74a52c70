// Certificates of a test, made when it needs them, in files that are gone after it.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { pem } from '../../src/security/asn1/pem.ts';
import { type CertificateOptions, createIdentity, type Identity } from '../../src/security/certificates/certificate.ts';

const HOUR = 3_600_000;

/** A folder that is removed after the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'ktool-tls-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

const valid = () => ({ notBeforeMs: Date.now() - HOUR, notAfterMs: Date.now() + HOUR });

export const newCa = (name = 'test-ca'): Identity =>
  createIdentity({ subject: [['CN', name]], kind: 'ca', ...valid() });

export const newServer = (issuer: Identity, options: Partial<CertificateOptions> = {}): Identity =>
  createIdentity({
    subject: [['CN', 'broker']],
    kind: 'server',
    hosts: ['localhost', '127.0.0.1'],
    issuer,
    ...valid(),
    ...options,
  });

export const newClient = (issuer: Identity, options: Partial<CertificateOptions> = {}): Identity =>
  createIdentity({ subject: [['CN', 'alice']], kind: 'client', issuer, ...valid(), ...options });

export const expired = () => ({ notBeforeMs: Date.now() - 2 * HOUR, notAfterMs: Date.now() - HOUR });

export const certificatePem = (...identities: readonly Identity[]): string =>
  identities.map(({ certificate }) => pem('CERTIFICATE', certificate)).join('');

export const keyPem = ({ key }: Identity): string => key.export({ type: 'pkcs8', format: 'pem' }).toString();

/** The ssl.keystore.* settings of an identity, in the values themselves. */
export const keyStoreSettings = (identity: Identity): Record<string, string> => ({
  'ssl.keystore.type': 'PEM',
  'ssl.keystore.key': keyPem(identity),
  'ssl.keystore.certificate.chain': certificatePem(identity),
});

/** The ssl.truststore.* settings that trust these, in the value itself. */
export const trustStoreSettings = (...identities: readonly Identity[]): Record<string, string> => ({
  'ssl.truststore.type': 'PEM',
  'ssl.truststore.certificates': certificatePem(...identities),
});

/** A file of the folder with this content. */
export function fileWith(folder: string, name: string, content: string | Buffer): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

// The files of `ktool certs create`: a CA, a broker's key store and one for each client, in PEM and PKCS12, and the settings
// that use them. Readable by their owner only.
import { createPrivateKey, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pem, pemBlocks } from '../../security/asn1/pem.ts';
import { type CertificateOptions, createIdentity, type Identity } from '../../security/certificates/certificate.ts';
import { keyStorePkcs12, trustStorePkcs12 } from '../../security/certificates/pkcs12-writer.ts';
import { clientProperties, serverProperties } from './settings.ts';

export interface WantedCertificates {
  /** Absolute. */
  readonly directory: string;
  /** None for a broker of this machine. */
  readonly hosts: readonly string[];
  readonly clients: readonly string[];
  readonly days: number;
  readonly nowMs: number;
}

/** Names of files, absolute. */
export interface WrittenCertificates {
  readonly ca: string;
  readonly serverProperties: string;
  /** By client. */
  readonly clientProperties: Readonly<Record<string, string>>;
  /** Of the PKCS12 files. */
  readonly password: string;
  readonly caWasThere: boolean;
}

const DAY_MS = 24 * 3600_000;
/** Clocks of two machines are never the same. */
const EARLIER_MS = 3600_000;
const THIS_MACHINE = ['localhost', '127.0.0.1', '::1'];
const CA_SUBJECT = [['CN', 'ktool development CA']] as const;

/** @throws NodeJS.ErrnoException of the file system */
export function writeCertificates(wanted: WantedCertificates): WrittenCertificates {
  const { directory, hosts, clients, days, nowMs } = wanted;
  const file = (name: string) => join(directory, name);
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const validity = { notBeforeMs: nowMs - EARLIER_MS, notAfterMs: nowMs + days * DAY_MS };
  const caWasThere = existsSync(file('ca.pem')) && existsSync(file('ca-key.pem'));
  const ca = caWasThere ? readCa(file('ca.pem'), file('ca-key.pem')) : newCa(file, validity);
  const password = passwordIn(file('store-password.txt'));
  write(file('truststore.p12'), trustStorePkcs12(new Map([['ca', ca.certificate]]), password));
  const names = [...new Set([...hosts, ...THIS_MACHINE])];
  const issued = (options: Omit<CertificateOptions, 'notBeforeMs' | 'notAfterMs' | 'issuer'>) =>
    createIdentity({ ...options, ...validity, issuer: ca });
  const save = (name: string, identity: Identity) => writeIdentity(file(name), name, identity, ca, password);
  save('broker', issued({ subject: [['CN', names[0]!]], kind: 'server', hosts: names }));
  write(file('server.properties'), serverProperties(directory, hosts));
  const properties: Record<string, string> = {};
  for (const name of clients) {
    save(name, issued({ subject: [['CN', name]], kind: 'client' }));
    properties[name] = file(`${name}.properties`);
    write(properties[name], clientProperties(directory, name));
  }
  return {
    ca: file('ca.pem'),
    serverProperties: file('server.properties'),
    clientProperties: properties,
    password,
    caWasThere,
  };
}

type Validity = Pick<CertificateOptions, 'notBeforeMs' | 'notAfterMs'>;

function newCa(file: (name: string) => string, validity: Validity): Identity {
  const ca = createIdentity({ subject: CA_SUBJECT, kind: 'ca', ...validity });
  write(file('ca.pem'), pem('CERTIFICATE', ca.certificate));
  write(file('ca-key.pem'), keyText(ca));
  return ca;
}

/** @throws Error if the files are not those of an earlier call */
function readCa(certificateFile: string, keyFile: string): Identity {
  const certificate = pemBlocks(readFileSync(certificateFile, 'utf8'))[0]?.bytes;
  if (certificate === undefined)
    throw new Error(`${certificateFile} has no certificate: remove it to have a new CA made`);
  return { subject: CA_SUBJECT, certificate, key: createPrivateKey(readFileSync(keyFile, 'utf8')) };
}

function passwordIn(file: string): string {
  if (existsSync(file)) return readFileSync(file, 'utf8').trim();
  const password = randomBytes(12).toString('base64url');
  write(file, `${password}\n`);
  return password;
}

function writeIdentity(path: string, alias: string, identity: Identity, ca: Identity, password: string): void {
  const chain = [identity.certificate, ca.certificate];
  const certificates = chain.map((one) => pem('CERTIFICATE', one)).join('');
  write(`${path}.pem`, keyText(identity) + certificates);
  write(`${path}.p12`, keyStorePkcs12(alias, identity.key, chain, password));
}

const keyText = ({ key }: Identity): string => key.export({ type: 'pkcs8', format: 'pem' }).toString();

/** A new file in the place of one that was there: that one may be a link to elsewhere, or open to others until its mode is set. */
function write(file: string, content: string | Buffer): void {
  const next = `${file}.${randomBytes(6).toString('hex')}`;
  try {
    writeFileSync(next, content, { mode: 0o600, flag: 'wx' });
    renameSync(next, file);
  } catch (error) {
    rmSync(next, { force: true });
    throw error;
  }
}

// Key stores and trust stores that keytool and OpenSSL write, of every kind: ktool finds in them what Kafka's own classes find,
// and every kind of key serves TLS to every kind of client.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { subjectOf } from '../../src/security/asn1/distinguished-name.ts';
import { openKeyStore, openTrustStore } from '../../src/security/tls/stores.ts';
import { startTestBroker } from '../helpers/broker.ts';
import { fileWith } from '../helpers/certificates.ts';
import { java } from './kafka-jars.ts';
import { missing } from './login-clients.ts';
import { TLS_CLIENTS } from './logins/tls-clients.ts';

const has = (command: string, ...args: string[]) => spawnSync(command, args, { stdio: 'ignore' }).status === 0;
const isLacking = missing.Java || !has('keytool', '-help') || !has('openssl', 'version');
const PASSWORD = 'changeit';
let folder: string;
const at = (name: string) => join(folder, name);
const run = (command: string, ...args: string[]) => execFileSync(command, args, { cwd: folder, stdio: 'pipe' });
const openssl = (...args: string[]) => run('openssl', ...args);
const keytool = (...args: string[]) => run('keytool', ...args, '-storepass', PASSWORD, '-noprompt');

/** By name of the files: what openssl genpkey is told. */
const KEYS: Readonly<Record<string, readonly string[]>> = {
  rsa: ['-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:2048'],
  rsapss: ['-algorithm', 'RSA-PSS', '-pkeyopt', 'rsa_keygen_bits:2048'],
  p256: ['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256', '-pkeyopt', 'ec_param_enc:named_curve'],
  p384: ['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-384', '-pkeyopt', 'ec_param_enc:named_curve'],
  p521: ['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-521', '-pkeyopt', 'ec_param_enc:named_curve'],
  ed25519: ['-algorithm', 'ED25519'],
};

/** A root, an authority below it, and a certificate of that for each key. */
function makeCertificates(): void {
  const root = ['-newkey', 'rsa:2048', '-noenc', '-days', '9'];
  openssl('req', '-x509', ...root, '-keyout', 'root.key', '-out', 'root.crt', '-subj', '/O=Acme/CN=root');
  openssl('req', '-x509', ...root, '-keyout', 'root2.key', '-out', 'root2.crt', '-subj', '/CN=root two');
  fileWith(folder, 'ca.ext', 'basicConstraints=critical,CA:TRUE\n');
  fileWith(folder, 'server.ext', 'subjectAltName=DNS:localhost,IP:127.0.0.1\n');
  openssl('req', '-newkey', 'rsa:2048', '-noenc', '-keyout', 'middle.key', '-out', 'middle.csr', '-subj', '/CN=middle');
  sign('middle', 'root', 'ca.ext');
  for (const [name, how] of Object.entries(KEYS)) {
    openssl('genpkey', ...how, '-out', `${name}.key`);
    openssl('req', '-new', '-key', `${name}.key`, '-out', `${name}.csr`, '-subj', `/CN=${name}`);
    sign(name, 'middle', 'server.ext');
    joined(`${name}.pem`, `${name}.key`, `${name}.crt`, 'middle.crt');
  }
}

function sign(name: string, issuer: string, extensions: string): void {
  const by = ['-CA', `${issuer}.crt`, '-CAkey', `${issuer}.key`, '-CAcreateserial'];
  openssl('x509', '-req', '-in', `${name}.csr`, ...by, '-days', '8', '-out', `${name}.crt`, '-extfile', extensions);
}

const joined = (name: string, ...parts: string[]) =>
  fileWith(folder, name, parts.map((part) => readFileSync(at(part), 'utf8')).join(''));

type Settings = Readonly<Record<string, string>>;
const keyStore = (type: string, file: string, more: Settings = {}): Settings => ({
  ...{ 'ssl.keystore.type': type, 'ssl.keystore.location': at(file) },
  ...(type === 'PEM' ? {} : { 'ssl.keystore.password': PASSWORD }),
  ...more,
});
const trustStore = (type: string, file: string, more: Settings = {}): Settings => ({
  ...{ 'ssl.truststore.type': type, 'ssl.truststore.location': at(file) },
  ...(type === 'PEM' ? {} : { 'ssl.truststore.password': PASSWORD }),
  ...more,
});

function exported(name: string, ...how: string[]): Settings {
  const what = ['-inkey', 'rsa.key', '-in', 'rsa.crt', '-certfile', 'middle.crt', '-name', 'rsa'];
  openssl('pkcs12', '-export', ...what, '-out', `${name}.p12`, '-passout', `pass:${PASSWORD}`, ...how);
  return keyStore('PKCS12', `${name}.p12`);
}

function generated(type: string, name: string, ...how: string[]): Settings {
  const file = `${name}.${type}`;
  rmSync(at(file), { force: true });
  const store = ['-storetype', type, '-keystore', file];
  keytool(...how, '-genkeypair', '-alias', 'one', '-dname', `CN=${name}`, '-keypass', PASSWORD, ...store);
  return keyStore(type, file);
}

/** As Kafka's documentation makes it: the authority is imported, then what it has signed. */
function signed(type: string): Settings {
  const settings = generated(type, 'signed', '-keyalg', 'RSA');
  const store = ['-keystore', `signed.${type}`];
  keytool('-certreq', '-alias', 'one', '-file', 'signed.csr', ...store);
  sign('signed', 'middle', 'server.ext');
  for (const [alias, file] of [
    ['CARoot', 'root.crt'],
    ['between', 'middle.crt'],
    ['one', 'signed.crt'],
  ] as const)
    keytool('-importcert', '-alias', alias, '-file', file, ...store);
  return settings;
}

function trusting(type: string): Settings {
  rmSync(at(`trust.${type}`), { force: true });
  const store = ['-storetype', type, '-keystore', `trust.${type}`];
  for (const name of ['root', 'root2']) keytool('-importcert', '-alias', name, '-file', `${name}.crt`, ...store);
  return trustStore(type, `trust.${type}`);
}

function encryptedKey(name: string, ...how: string[]): Settings {
  openssl('pkcs8', '-topk8', '-in', 'rsa.key', '-passout', `pass:${PASSWORD}`, '-out', `${name}.key`, ...how);
  joined(`${name}.pem`, `${name}.key`, 'rsa.crt', 'middle.crt');
  return keyStore('PEM', `${name}.pem`, { 'ssl.key.password': PASSWORD });
}

const OLD = ['-provider', 'legacy', '-provider', 'default'];

/** Kafka finds something in all of these. */
const READ_BY_BOTH: Readonly<Record<string, () => Settings>> = {
  'PKCS12 of OpenSSL': () => exported('plain'),
  'PKCS12 of OpenSSL 1': () => exported('legacy', '-legacy'),
  'PKCS12 with RC2': () => exported('rc2', '-legacy', '-keypbe', 'PBE-SHA1-RC2-40', '-certpbe', 'PBE-SHA1-RC2-128'),
  'PKCS12 with triple DES': () => exported('des3', '-keypbe', 'PBE-SHA1-3DES', '-certpbe', 'PBE-SHA1-3DES'),
  'PKCS12 with RC4': () => exported('rc4', '-legacy', '-keypbe', 'PBE-SHA1-RC4-128', '-certpbe', 'PBE-SHA1-RC4-128'),
  'PKCS12 with MD5 and DES': () => exported('md5', '-legacy', '-keypbe', 'PBE-MD5-DES', '-certpbe', 'PBE-MD5-DES'),
  'PKCS12 without MAC': () => exported('nomac', '-nomac'),
  'PKCS12 with SHA-512': () => exported('sha512', '-macalg', 'sha512'),
  'PKCS12 with plain certificates': () => exported('certificates', '-certpbe', 'NONE'),
  'PKCS12 with the root': () => exported('root', '-CAfile', joined('all.crt', 'middle.crt', 'root.crt'), '-chain'),
  'PKCS12 with an empty password': () => {
    exported('empty', '-passout', 'pass:');
    return keyStore('PKCS12', 'empty.p12', { 'ssl.keystore.password': '' });
  },
  'PKCS12 called JKS': () => ({ ...exported('called'), 'ssl.keystore.type': 'JKS' }),
  'PKCS12 with Ed25519': () => {
    const what = ['-inkey', 'ed25519.key', '-in', 'ed25519.crt', '-out', 'ed.p12', '-passout', `pass:${PASSWORD}`];
    openssl('pkcs12', '-export', ...what);
    return keyStore('PKCS12', 'ed.p12');
  },
  'PKCS12 of keytool': () => generated('PKCS12', 'rsa', '-keyalg', 'RSA'),
  'PKCS12 of Java 8': () => generated('PKCS12', 'old', '-J-Dkeystore.pkcs12.legacy', '-keyalg', 'RSA'),
  'PKCS12 of keytool, signed': () => signed('PKCS12'),
  'JKS of keytool': () => generated('JKS', 'rsa', '-keyalg', 'RSA'),
  'JKS of keytool, signed': () => signed('JKS'),
  'JKS with EC': () => generated('JKS', 'ec', '-keyalg', 'EC'),
  'PEM with RSA': () => keyStore('PEM', 'rsa.pem'),
  'PEM with P-521': () => keyStore('PEM', 'p521.pem'),
  'PEM, the key with triple DES': () => encryptedKey('v1', '-v1', 'PBE-SHA1-3DES'),
  'PEM, the key with MD5 and DES': () => encryptedKey('v1md5', '-v1', 'PBE-MD5-DES', ...OLD),
  'PEM, the key with RC2': () => encryptedKey('v1rc2', '-v1', 'PBE-SHA1-RC2-40', ...OLD),
  'PEM in values': () => ({
    ...{ 'ssl.keystore.type': 'PEM', 'ssl.keystore.key': readFileSync(at('rsa.key'), 'utf8') },
    'ssl.keystore.certificate.chain': readFileSync(joined('chain.crt', 'rsa.crt', 'middle.crt'), 'utf8'),
  }),
  'trusted in PEM': () => {
    joined('both.crt', 'root.crt', 'root2.crt');
    return trustStore('PEM', 'both.crt');
  },
  'trusted in PKCS12': () => trusting('PKCS12'),
  'trusted in JKS': () => trusting('JKS'),
  'trusted in JKS, without a password': () => {
    const { 'ssl.truststore.password': _, ...settings } = trusting('JKS');
    return settings;
  },
  'trusted beside a key': () => {
    const { 'ssl.keystore.location': file = '' } = signed('PKCS12');
    return { 'ssl.truststore.type': 'PKCS12', 'ssl.truststore.location': file, 'ssl.truststore.password': PASSWORD };
  },
};

/** Kafka throws for these; so does ktool, with its text in front. */
const REFUSED_BY_BOTH: Readonly<Record<string, () => Settings>> = {
  'a wrong password': () => ({ ...exported('wrong'), 'ssl.keystore.password': 'wrong1' }),
  'a wrong password of JKS': () => ({
    ...generated('JKS', 'wrong', '-keyalg', 'EC'),
    'ssl.keystore.password': 'wrong1',
  }),
  'a wrong password of a trust store': () => ({ ...trusting('PKCS12'), 'ssl.truststore.password': 'wrong1' }),
  'a trust store without certificates': () => trustStore('PEM', 'rsa.key'),
  'no password': () => {
    const { 'ssl.keystore.password': _, ...settings } = exported('none');
    return settings;
  },
  'a type that is none': () => ({ ...exported('foo'), 'ssl.keystore.type': 'FOO' }),
  'PKCS12 called PEM': () => keyStore('PEM', 'rsa.crt'),
  'a file that is not there': () => keyStore('PKCS12', 'nowhere'),
  'a folder': () => keyStore('PKCS12', '.'),
  'two keys': () => {
    joined('two.pem', 'rsa.key', 'p256.key', 'rsa.crt');
    return keyStore('PEM', 'two.pem');
  },
  'a chain in the wrong order': () => {
    joined('order.pem', 'rsa.key', 'middle.crt', 'rsa.crt');
    return keyStore('PEM', 'order.pem');
  },
  'PEM with the password of a store': () => keyStore('PEM', 'rsa.pem', { 'ssl.keystore.password': PASSWORD }),
  'a key without certificates': () => ({
    ...{ 'ssl.keystore.type': 'PEM', 'ssl.keystore.key': readFileSync(at('rsa.key'), 'utf8') },
  }),
};

function foundByKtool(settings: Settings): string {
  const get = (key: string) => settings[key];
  try {
    const keys = openKeyStore(get)?.keys.map(({ chain }) => chain.map(subjectOf).join(' < '));
    const trusted = openTrustStore(get)?.map(subjectOf);
    const list = (names: readonly string[] | undefined) =>
      names === undefined ? 'none' : `[${[...new Set(names)].sort().join(', ')}]`;
    return `keys ${list(keys)} trusts ${list(trusted)}`;
  } catch (error) {
    return `no ${(error as Error).message}`;
  }
}

function foundByKafka(all: readonly Settings[]): string[] {
  const files = all.map((settings, index) => {
    const lines = Object.entries(settings).map(([key, value]) => `${key}=${value.replaceAll('\n', '\\n')}\n`);
    return fileWith(folder, `settings-${index}.properties`, lines.join(''));
  });
  const said = java(fileURLToPath(new URL('logins/Stores.java', import.meta.url)), files);
  return said.split('\n').flatMap((line) => (line.startsWith('> ') ? [line.slice(2)] : []));
}

describe.skipIf(isLacking)('stores of keytool and OpenSSL', () => {
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'ktool-stores-'));
    makeCertificates();
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('hold for ktool what they hold for Kafka', () => {
    const made = Object.entries(READ_BY_BOTH).map(([name, make]) => [name, make()] as const);
    const theirs = foundByKafka(made.map(([, settings]) => settings));
    const ours = made.map(([name, settings]) => [name, foundByKtool(settings)]);
    expect(ours).toEqual(made.map(([name], index) => [name, theirs[index]]));
    expect(theirs.filter((line) => line.startsWith('no') || line.includes('[]'))).toEqual([]);
  });

  test('that Kafka refuses are refused with its words', () => {
    const made = Object.entries(REFUSED_BY_BOTH).map(([name, make]) => [name, make()] as const);
    const theirs = foundByKafka(made.map(([, settings]) => settings));
    expect(theirs.filter((line) => !line.startsWith('no '))).toEqual([]);
    const ours = made.map(([name, settings]) => [name, foundByKtool(settings)] as const);
    const beginnings = ours.map(([name, said], index) => [name, said.slice(0, theirs[index]?.length)]);
    expect(beginnings).toEqual(made.map(([name], index) => [name, theirs[index]]));
  });

  test.each(Object.keys(TLS_CLIENTS).filter((name) => !missing[name]))('each key serves %s', async (client) => {
    const names = Object.keys(KEYS);
    const own = names.flatMap((name) =>
      Object.entries(keyStore('PEM', `${name}.pem`)).map(([key, value]) => [`listener.name.${name}.${key}`, value]),
    );
    const { services } = await startTestBroker({
      overrides: {
        ...Object.fromEntries(own),
        listeners: ['PLAINTEXT', ...names].map((name) => `${name.toUpperCase()}://127.0.0.1:0`).join(),
        'listener.security.protocol.map': [
          'PLAINTEXT:PLAINTEXT',
          ...names.map((name) => `${name.toUpperCase()}:SSL`),
        ].join(),
      },
    });
    for (const name of names) {
      const where = { listenerName: name.toUpperCase(), localAddress: '127.0.0.1', localPort: 0 };
      const { isIn, said } = await TLS_CLIENTS[client]!(
        `127.0.0.1:${services.endpointFor(where).port}`,
        at('root.crt'),
        '',
      );
      expect([name, isIn], said).toEqual([name, true]);
    }
  });
});

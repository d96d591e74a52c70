// Key stores of every format that Kafka's settings know, read; and what is wrong with bad ones, said.
import { createPublicKey, type KeyObject, X509Certificate } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { childrenOf, readDer } from '../../src/security/asn1/der.ts';
import { subjectOf } from '../../src/security/asn1/distinguished-name.ts';
import { pem, pemBlocks } from '../../src/security/asn1/pem.ts';
import type { NameParts } from '../../src/security/certificates/certificate.ts';
import { keyStorePkcs12, trustStorePkcs12 } from '../../src/security/certificates/pkcs12-writer.ts';
import { readJks } from '../../src/security/stores/jks.ts';
import type { KeyStore } from '../../src/security/stores/key-store.ts';
import { readPemKey } from '../../src/security/stores/pem-store.ts';
import { readPkcs12 } from '../../src/security/stores/pkcs12.ts';
import { openKeyStore, openTrustStore } from '../../src/security/tls/stores.ts';
import { certificatePem, fileWith, keyPem, newCa, newServer, temporaryFolder } from '../helpers/certificates.ts';
import {
  ENCRYPTED_KEYS,
  JKS,
  KEY_CERTIFICATE,
  LEGACY_PKCS12,
  OPENSSL_PKCS12,
  RC4_PKCS12,
} from './key-store-fixtures.ts';

/** The store has one key, and the certificate that belongs to it. */
function expectPair({ keys }: KeyStore, subject: string): void {
  expect(keys.map(({ alias }) => alias)).toEqual(['broker']);
  const { key, chain } = keys[0]!;
  expect(subjectOf(chain[0]!)).toBe(subject);
  const spki = (one: KeyObject) => createPublicKey(one).export({ type: 'spki', format: 'der' });
  expect(spki(key)).toEqual(new X509Certificate(chain[0]!).publicKey.export({ type: 'spki', format: 'der' }));
}

describe('key stores', () => {
  test.each<[string, () => KeyStore]>([
    ['JKS', () => readJks(JKS, 'changeit', 'other123')],
    ['PKCS12 of Java 8', () => readPkcs12(LEGACY_PKCS12, 'changeit')],
    ['PKCS12 of OpenSSL 3', () => readPkcs12(OPENSSL_PKCS12, 'changeit')],
    ['PKCS12 with RC4, MD5 and DES', () => readPkcs12(RC4_PKCS12, 'changeit')],
    ['PKCS12 of Bouncy Castle, with lengths left open', () => readPkcs12(openEnded(OPENSSL_PKCS12), 'changeit')],
  ])('%s', (_, read) => expectPair(read(), 'CN=fixture,O=Acme'));

  test('PKCS12 of our own, with its chain in order', () => {
    const ca = newCa();
    const server = newServer(ca);
    const store = readPkcs12(
      keyStorePkcs12('broker', server.key, [server.certificate, ca.certificate], 'pässword'),
      'pässword',
    );
    expectPair(store, 'CN=broker');
    expect(store.keys[0]!.chain).toEqual([server.certificate, ca.certificate]);
  });

  test('PKCS12 whose CA is there twice, as keytool leaves it after importing a chain', () => {
    const ca = newCa();
    const server = newServer(ca);
    const twice = [server.certificate, ca.certificate, ca.certificate];
    const store = readPkcs12(keyStorePkcs12('broker', server.key, twice, 'secret'), 'secret');
    expect(store.keys[0]!.chain).toEqual([server.certificate, ca.certificate]);
  });

  test('an empty password is one', () => {
    const { key, certificate } = newServer(newCa());
    const location = fileWith(temporaryFolder(), 'store', keyStorePkcs12('a', key, [certificate], ''));
    const settings: Record<string, string> = {
      'ssl.keystore.type': 'PKCS12',
      'ssl.keystore.location': location,
      'ssl.keystore.password': '',
    };
    expect(openKeyStore((name) => settings[name])?.keys.map(({ chain }) => chain)).toEqual([[certificate]]);
  });

  test.each<[string, () => unknown, string]>([
    ['JKS', () => readJks(JKS, 'wrong'), 'Keystore was tampered with, or password was incorrect'],
    [
      'a key of JKS',
      () => readJks(JKS, 'changeit'),
      'Cannot recover key: the key password (ssl.key.password) is wrong',
    ],
    ['PKCS12 of Java 8', () => readPkcs12(LEGACY_PKCS12, 'wrong'), 'keystore password was incorrect'],
    ['PKCS12 of OpenSSL 3', () => readPkcs12(OPENSSL_PKCS12, 'wrong'), 'keystore password was incorrect'],
  ])('a wrong password of %s', (_, read, message) => expect(read).toThrow(message));

  test.each([
    ['JKS', JKS, (bytes: Buffer) => readJks(bytes, undefined, 'other123')],
    ['PKCS12', OPENSSL_PKCS12, (bytes: Buffer) => readPkcs12(bytes, 'changeit')],
  ])('%s that ends early or is damaged is refused with a reason, wherever it is', (_, whole, read) => {
    for (let length = 0; length < whole.length - 20; length += 7)
      expect(() => read(whole.subarray(0, length))).toThrow(/^(?!Cannot read prop)/);
    for (let at = 0; at < whole.length; at += 5) {
      const damaged = Buffer.from(whole);
      damaged[at] = damaged[at]! ^ 0xff;
      try {
        read(damaged);
      } catch (error) {
        expect(error).not.toBeInstanceOf(TypeError);
      }
    }
  });
});

/** The same in BER: sequences whose length is not said but by what ends them. */
function openEnded(der: Buffer): Buffer {
  const node = readDer(der);
  if (node.tag !== 0x30 && node.tag !== 0xa0) return node.bytes;
  const inside = childrenOf(node).map(({ bytes }) => openEnded(bytes));
  return Buffer.concat([Buffer.of(node.tag, 0x80), ...inside, Buffer.of(0, 0)]);
}

describe('encrypted keys in PEM', () => {
  const certificate = pem('CERTIFICATE', KEY_CERTIFICATE);
  const encrypted = (bytes: Buffer) => pem('ENCRYPTED PRIVATE KEY', bytes);

  test.each(Object.entries(ENCRYPTED_KEYS))('%s', (_, bytes) => {
    const [entry] = readPemKey(encrypted(bytes), certificate, 'changeit').keys;
    expect(new X509Certificate(entry!.chain[0]!).checkPrivateKey(entry!.key)).toBe(true);
    expect(() => readPemKey(encrypted(bytes), certificate, 'wrong')).toThrow(/ssl\.key\.password is wrong/);
  });

  test.each(['aes-256-cbc', 'des-ede3-cbc'])('%s', (cipher) => {
    const { key, certificate } = newServer(newCa());
    const text = key.export({ type: 'pkcs8', format: 'pem', cipher, passphrase: 'secret' }).toString();
    const [entry] = readPemKey(text, pem('CERTIFICATE', certificate), 'secret').keys;
    expect(entry!.key.equals(key)).toBe(true);
    expect(() => readPemKey(text, pem('CERTIFICATE', certificate), 'wrong')).toThrow(/ssl\.key\.password is wrong/);
  });

  test.each([
    ['of another key', () => [newServer(newCa())]],
    ['in the wrong order', () => [newCa(), newServer(newCa())]],
  ])('certificates %s are told at once', (_, others) => {
    const server = newServer(newCa());
    expect(() => readPemKey(keyPem(server), certificatePem(...others()))).toThrow(
      'Certificate chain is not valid: the first certificate has to be that of the private key',
    );
  });
});

describe('trust stores', () => {
  const ca = newCa();
  const open = (content: Buffer | string, type: string, password?: string) => {
    const location = fileWith(temporaryFolder(), 'store', content);
    const settings: Record<string, string | undefined> = {
      'ssl.truststore.location': location,
      'ssl.truststore.type': type,
      'ssl.truststore.password': password,
    };
    return openTrustStore((key) => settings[key]);
  };

  test('hold what is marked as trusted, and the certificate of a key', () => {
    expect(open(trustStorePkcs12(new Map([['ca', ca.certificate]]), 'secret'), 'PKCS12', 'secret')).toEqual([
      ca.certificate,
    ]);
    const server = newServer(ca);
    const store = keyStorePkcs12('a', server.key, [server.certificate, ca.certificate], 'secret');
    expect(open(store, 'JKS', 'secret')).toEqual([server.certificate]);
  });

  test.each<[string, () => unknown, RegExp]>([
    ['a type that is none', () => open(JKS, 'BKS'), /of type BKS: BKS not found: it is JKS, PKCS12 or PEM$/],
    ['PEM without a certificate', () => open(keyPem(ca), 'PEM'), /No matching CERTIFICATE entries in PEM file$/],
    [
      'PEM with a password',
      () => open(certificatePem(ca), 'PEM', 'x'),
      /^SSL trust store password cannot be specified for PEM/,
    ],
    [
      'encrypted certificates without a password',
      () => open(trustStorePkcs12(new Map([['ca', ca.certificate]]), 'secret'), 'PKCS12'),
      /or they are encrypted and ssl\.truststore\.password is not given$/,
    ],
  ])('%s', (_, run, message) => expect(run).toThrow(message));
});

test('PEM is read with text around it, on one line, and with old headers', () => {
  const { text, bytes } = pemBlocks(certificatePem(newCa()))[0]!;
  const oneLine = `Bag Attributes\n  friendlyName: x\n${text.replaceAll('\n', ' ')}trailing`;
  expect(pemBlocks(oneLine).map((block) => [block.label, block.bytes])).toEqual([['CERTIFICATE', bytes]]);
  const old =
    '-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00\n\nAAAA\n-----END RSA PRIVATE KEY-----';
  expect(pemBlocks(old)[0]?.text).toContain('Proc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00\n\nAAAA\n');
});

// Recorded from X500Principal.getName() of Java 17.
test.each<[NameParts, string]>([
  [
    [
      ['EMAIL', 'a@b.c'],
      ['C', 'AT'],
      ['ST', 'OÖ'],
      ['O', ' Acme, "Inc." + <Sons>; #1\\ '],
      ['DC', 'example'],
      ['CN', '#alice=x'],
    ],
    String.raw`CN=\#alice\=x,DC=example,O=\ Acme\, \"Inc.\" \+ \<Sons\>\; \#1\\\ ,ST=OÖ,C=AT,1.2.840.113549.1.9.1=#16056140622e63`,
  ],
  [[['CN', '  two  spaces  ']], String.raw`CN=\ \ two  spaces\ \ `],
  [[['CN', ' ']], 'CN=\\ '],
  [[['CN', 'a\0b\nc']], 'CN=a\\00b\nc'],
  [
    [
      ['O', ''],
      ['CN', '日本'],
    ],
    'CN=日本,O=',
  ],
])("the name %j as Java's X500Principal writes it", (subject, written) => {
  expect(subjectOf(newServer(newCa(), { subject }).certificate)).toBe(written);
});

// Why a TLS handshake fails, and what to do about it.

import { ConnectionError } from '../errors.ts';
import type { Peer } from '../peer.ts';

/** How the reasons begin in Kafka's texts (SslAuthenticationException). */
const FAILED = 'SSL handshake failed';

const UNTRUSTED =
  "its certificate is not signed by anyone this client trusts. Set ssl.truststore.location (and ssl.truststore.type, ssl.truststore.password) to a store with the CA's certificate.";

/** What OpenSSL calls alerts since 3.2, in Node 22 and later, and called them before. */
const [NEWER_ALERT, OLDER_ALERT] = ['_SSL/TLS_ALERT_', '_SSLV3_ALERT_'];

/** By OpenSSL's code. */
const REASONS: Readonly<Record<string, string>> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: UNTRUSTED,
  SELF_SIGNED_CERT_IN_CHAIN: UNTRUSTED,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: UNTRUSTED,
  UNABLE_TO_GET_ISSUER_CERT: UNTRUSTED,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: UNTRUSTED,
  CERT_UNTRUSTED: UNTRUSTED,
  CERT_SIGNATURE_FAILURE: UNTRUSTED,
  CERT_HAS_EXPIRED: 'its certificate, or that of its CA, has expired. Renew it on the broker.',
  CERT_NOT_YET_VALID: 'its certificate is not valid yet. Check the clocks of both machines.',
  CERT_REVOKED: 'its certificate is revoked. Renew it on the broker.',
  INVALID_PURPOSE: 'its certificate is not meant for servers. Give the broker another one.',
  ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED: clientCertificate('wants a certificate of the client'),
  ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE: clientCertificate('wants a certificate of the client, and got none that is one'),
  ERR_SSL_SSLV3_ALERT_CERTIFICATE_UNKNOWN: clientCertificate(
    'does not accept the certificate of this client: it has expired, is not valid yet, or of a CA that is not known there',
  ),
  ERR_SSL_SSLV3_ALERT_CERTIFICATE_EXPIRED: clientCertificate('finds the certificate of this client expired'),
  ERR_SSL_TLSV1_ALERT_UNKNOWN_CA: clientCertificate('does not know the CA of the certificate of this client'),
  ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE:
    'it ended the handshake: it wants a certificate of the client (ssl.keystore.location), or has no cipher suite in common with it (ssl.cipher.suites).',
  ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION: 'it has no version of TLS in common with this client (ssl.enabled.protocols).',
  ERR_SSL_UNSUPPORTED_PROTOCOL: 'it has no version of TLS in common with this client (ssl.enabled.protocols).',
};

function clientCertificate(what: string): string {
  return `it ${what}. Set ssl.keystore.location (and ssl.keystore.type, ssl.keystore.password) to one that it trusts.`;
}

/** The failure that a TLS socket's error stands for; undefined if TLS has nothing to do with it. */
export function tlsFailure(peer: Peer, error: unknown): ConnectionError | undefined {
  const { code = '', message } = error as NodeJS.ErrnoException;
  const failed = (reason: string) => new ConnectionError('handshake', `${FAILED} with ${peer.text}: ${reason}`, error);
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') return failed(mismatch(error as AltNameError));
  const reason = REASONS[code.replace(NEWER_ALERT, OLDER_ALERT)];
  if (reason !== undefined) return failed(reason);
  if (code === 'ERR_SSL_WRONG_VERSION_NUMBER' || code === 'ERR_SSL_PACKET_LENGTH_TOO_LONG') return plain(peer, error);
  if (code === 'ECONNRESET' && peer.tls) return plain(peer, error);
  return code.startsWith('ERR_SSL_') || code.startsWith('ERR_TLS_') ? failed(`${message}.`) : undefined;
}

/** It answers something else, or hangs up as Kafka does when a plaintext listener is greeted with TLS. */
function plain(peer: Peer, error: unknown): ConnectionError {
  const message = `${peer.text} ended the TLS handshake. Its listener may have no TLS: set security.protocol=PLAINTEXT (or SASL_PLAINTEXT), or use the port of one that has.`;
  return new ConnectionError('tls', message, error);
}

interface AltNameError extends Error {
  readonly host?: string;
  readonly cert?: { readonly subjectaltname?: string; readonly subject?: { readonly CN?: string } };
}

function mismatch({ host, cert }: AltNameError): string {
  const names = cert?.subjectaltname?.replaceAll(/(DNS|IP Address):/g, '') ?? cert?.subject?.CN ?? 'no name';
  return `its certificate is for ${names}, not for ${host}. Connect by a name that is in it, give the broker a certificate with this one, or switch the check off with ssl.endpoint.identification.algorithm= (empty).`;
}

// Why a broker cannot be talked to, in words that name the broker and say what to do.
import { ConnectionError } from './errors.ts';
import type { Peer } from './peer.ts';
import { tlsFailure } from './security/tls-failures.ts';

const REASONS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there (connection refused)',
  ETIMEDOUT: 'no answer to the connection attempt',
  EHOSTUNREACH: 'there is no route to the host',
  ENETUNREACH: 'there is no route to the network',
  ECONNRESET: 'the connection was reset',
  ENOTFOUND: 'the host name does not resolve',
  EAI_AGAIN: 'the host name cannot be resolved at the moment',
};

/** An attempt to connect has failed with a socket's or resolver's error. */
export function cannotConnect(peer: Peer, error: unknown): ConnectionError {
  const failed = tlsFailure(peer, error);
  if (failed !== undefined) return failed;
  const code = (error as NodeJS.ErrnoException).code ?? '';
  const failure = code === 'ECONNREFUSED' ? 'refused' : isDnsError(code) ? 'dns' : 'unreachable';
  const reason = REASONS[code] ?? (error instanceof Error ? error.message : String(error));
  return new ConnectionError(failure, `Cannot connect to ${peer.text}: ${reason}. ${advice(peer, failure)}`, error);
}

function isDnsError(code: string): boolean {
  return code === 'ENOTFOUND' || code === 'EAI_AGAIN' || code === 'EAI_FAIL' || code === 'ENODATA';
}

function advice({ advertisedBy }: Peer, failure: 'refused' | 'dns' | 'unreachable'): string {
  if (advertisedBy) {
    const { brokerId, bootstrap } = advertisedBy;
    return `Broker ${brokerId} advertises this address, which cannot be reached from here although ${bootstrap} can: set advertised.listeners of the broker to an address that its clients reach.`;
  }
  if (failure === 'refused') return 'Start a broker there (ktool server start), or correct host and port.';
  if (failure === 'dns') return 'Correct the host name, or make it known to DNS or the hosts file.';
  return 'Check host, port and firewall.';
}

/**
 * The peer closed an open connection.
 * @param responses how many requests it had answered
 */
export function closedBy(peer: Peer, responses: number, cause?: unknown): ConnectionError {
  const failed = cause === undefined ? undefined : tlsFailure(peer, cause);
  if (failed !== undefined && failed.failure === 'handshake') return failed;
  if (responses === 0 && peer.tls) {
    const message = `${peer.text} closed the connection without an answer. It may want a certificate of the client that it trusts: set ssl.keystore.location, ssl.keystore.type and ssl.keystore.password.`;
    return new ConnectionError('tls', message, cause);
  }
  if (responses === 0) {
    const message = `${peer.text} closed the connection without an answer. It may want TLS (security.protocol=SSL or SASL_SSL), or it is not a Kafka broker.`;
    return new ConnectionError('not-kafka', message, cause);
  }
  if (responses === 1) {
    const message = `${peer.text} closed the connection right after the version negotiation. It probably wants SASL: set security.protocol, sasl.mechanism and sasl.jaas.config.`;
    return new ConnectionError('sasl', message, cause);
  }
  return new ConnectionError('closed', `${peer.text} closed the connection.`, cause);
}

/** What came is no Kafka response; `first` are its first bytes. */
export function notKafka(peer: Peer, first: Buffer): ConnectionError {
  if (looksLikeTls(first)) {
    const message = `${peer.text} speaks TLS: set security.protocol=SSL (or SASL_SSL), or use the port of a plaintext listener.`;
    return new ConnectionError('tls', message);
  }
  if (first.toString('latin1', 0, 4) === 'HTTP') {
    return new ConnectionError(
      'not-kafka',
      `${peer.text} speaks HTTP, it is not a Kafka broker. Correct host and port.`,
    );
  }
  return new ConnectionError(
    'not-kafka',
    `${peer.text} answers with something that is not Kafka's protocol. Correct host and port.`,
  );
}

/** A TLS record: alert or handshake, then version 3.x. */
function looksLikeTls(bytes: Buffer): boolean {
  return (bytes[0] === 0x15 || bytes[0] === 0x16) && bytes[1] === 0x03 && (bytes[2] ?? 0xff) <= 4;
}

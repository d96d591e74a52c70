// TLS of one listener: handshakes on sockets that it accepts, with the certificate of its key store, which is read again when
// its file or its settings change.
import type { Socket } from 'node:net';
import tls, { type SecureContextOptions } from 'node:tls';
import { subjectOf } from '../../../security/asn1/distinguished-name.ts';
import { type AllowedChanges, checkCompatible, type ListenerStores } from '../../../security/tls/compatible.ts';
import { tlsFingerprint, tlsMaterial } from '../../../security/tls/context.ts';
import { TlsError, type TlsSetting } from '../../../security/tls/stores.ts';
import type { Clock, Timer } from '../../../util/clock.ts';
import type { Logger } from '../../../util/logger.ts';
import { ONLY_PER_LISTENER } from '../../config/broker-dynamic.ts';
import { ConfigError } from '../../config/config-error.ts';
import { listenerConfig } from '../../config/listener-config.ts';
import { isSasl, type Listener } from '../../config/listeners.ts';
import { plainAddress } from '../addresses.ts';
import { ANONYMOUS } from '../authentication.ts';
import { CertificateAlert } from './certificate-alert.ts';
import { type PrincipalMapper, principalMapper } from './principal-mapping.ts';
import { RefusedClients } from './refused-clients.ts';

/** A handshake has so long; Kafka would wait for connections.max.idle.ms. */
const HANDSHAKE_MS = 30_000;

const NOT_ACCEPTED = "the client's certificate is not accepted";
const NO_CERTIFICATE = 'the client shows no certificate, and ssl.client.auth=required';

/** OpenSSL's, which Node does not name: a client cannot have a handshake again and again on one connection (TLS 1.2). */
const SSL_OP_NO_RENEGOTIATION = 0x40000000;

export interface TlsServerSettings {
  readonly listener: Listener;
  /** BrokerConfig.values, as they are now. */
  readonly values: () => ReadonlyMap<string, string>;
  readonly logger: Logger;
  readonly clock: Clock;
}

interface Waiting {
  readonly socket: Socket;
  readonly ready: Ready;
  readonly deadline: Timer;
}

type Ready = (socket: Socket, principal: string) => void;

export class TlsServer {
  readonly #settings: TlsServerSettings;
  /** As the listener began: of the settings of TLS only those of stores change while it is there. */
  readonly #initial: ReadonlyMap<string, string>;
  readonly #allowed: AllowedChanges;
  readonly #server: tls.Server;
  readonly #clientAuth: string;
  /** Where certificates are asked for. */
  readonly #refused: RefusedClients | undefined;
  readonly #mapper: PrincipalMapper;
  /** By the addresses and ports of both ends, until the handshake is done. */
  readonly #waiting = new Map<string, Waiting>();
  #fingerprint: string;
  #stores: ListenerStores;

  /** @throws ConfigError for ssl.* settings that cannot be used */
  constructor(settings: TlsServerSettings) {
    const { listener, values } = settings;
    this.#settings = settings;
    this.#initial = new Map(values());
    const get = this.#settingOf(this.#initial);
    this.#allowed = { dn: isTrue(get('ssl.allow.dn.changes')), san: isTrue(get('ssl.allow.san.changes')) };
    this.#mapper = principalMapper(get('ssl.principal.mapping.rules') ?? '');
    this.#fingerprint = tlsFingerprint(get);
    const { options, stores } = inConfig(listener, () => serverMaterial(get));
    this.#stores = stores;
    this.#clientAuth = clientAuthOf(settings);
    this.#server = inConfig(listener, () =>
      tls.createServer({
        ...options,
        requestCert: this.#clientAuth !== 'none',
        // In TLS 1.3 who is refused is told why, which Node would not do.
        rejectUnauthorized: this.#clientAuth === 'required' && options.maxVersion !== 'TLSv1.3',
        // By our own clock instead.
        handshakeTimeout: 2 * HANDSHAKE_MS,
        secureOptions: SSL_OP_NO_RENEGOTIATION,
      }),
    );
    this.#refused = this.#clientAuth === 'none' ? undefined : new RefusedClients(this.#server, settings.clock);
    this.#server.on('secureConnection', (socket) => this.#secured(socket));
    this.#server.on('tlsClientError', (error, socket) => this.#failed(error, socket));
  }

  /** Begins the handshake; `ready` is called if it succeeds, and the socket destroyed if not. */
  accept(socket: Socket, ready: Ready): void {
    const name = nameOf(socket);
    const deadline = this.#settings.clock.setTimer(HANDSHAKE_MS, () => {
      this.#refuse(socket, `it took more than ${HANDSHAKE_MS / 1000} s`);
      this.#waiting.delete(name);
    });
    this.#waiting.set(name, { socket, ready, deadline });
    socket.once('close', () => {
      deadline.cancel();
      // Why it was closed may be told only after it.
      setImmediate(() => this.#waiting.delete(name));
    });
    this.#server.emit('connection', socket);
  }

  /** Reads stores that have changed; if they cannot be read the old ones stay in use. */
  refresh(): void {
    const get = this.#settingOf(this.#settings.values());
    const fingerprint = tlsFingerprint(get);
    if (fingerprint === this.#fingerprint) return;
    this.#fingerprint = fingerprint;
    const { listener, logger } = this.#settings;
    try {
      const { options, stores } = serverMaterial(get);
      this.#server.setSecureContext(options);
      this.#stores = stores;
      logger.info(`Listener ${listener.name}: key store and trust store are read again`);
    } catch (error) {
      logger.error(
        `Listener ${listener.name}: the changed key store or trust store is not used: ${(error as Error).message}`,
      );
    }
  }

  /**
   * Whether the listener could go on with these values, as BrokerConfig.values has them.
   * @throws TlsError with Kafka's text: stores that cannot be read, names in the certificate that would change
   */
  check(values: ReadonlyMap<string, string>): void {
    const get = this.#settingOf(values);
    if (tlsFingerprint(get) === this.#fingerprint) return;
    checkCompatible(this.#stores, serverMaterial(get).stores, this.#allowed);
  }

  #settingOf(values: ReadonlyMap<string, string>): TlsSetting {
    const { name } = this.#settings.listener;
    return (key) => listenerConfig(ONLY_PER_LISTENER.includes(key) ? values : this.#initial, name, key);
  }

  #secured(socket: tls.TLSSocket): void {
    const waiting = this.#waiting.get(nameOf(socket));
    this.#waiting.delete(nameOf(socket));
    waiting?.deadline.cancel();
    const certificate = socket.getPeerX509Certificate();
    const { BAD_CERTIFICATE, CERTIFICATE_UNKNOWN } = CertificateAlert;
    if (certificate === undefined && this.#clientAuth === 'required') {
      this.#turnAway(socket, waiting?.socket, NO_CERTIFICATE, BAD_CERTIFICATE);
      return;
    }
    if (certificate !== undefined && !socket.authorized) {
      this.#turnAway(socket, waiting?.socket, `${NOT_ACCEPTED}: ${socket.authorizationError}`, CERTIFICATE_UNKNOWN);
      return;
    }
    try {
      const principal = certificate === undefined ? ANONYMOUS : this.#principalOf(certificate.raw);
      if (waiting === undefined) socket.destroy();
      else waiting.ready(socket, principal);
    } catch (error) {
      this.#refuse(socket, (error as Error).message);
    }
  }

  /** @throws Error if the name cannot be read, or no rule applies */
  #principalOf(certificate: Buffer): string {
    const name = this.#mapper(subjectOf(certificate));
    if (name === undefined) throw new Error('no rule of ssl.principal.mapping.rules applies to its certificate');
    return `User:${name}`;
  }

  #refuse(socket: Socket, reason: string): void {
    this.#logRefusal(socket, reason);
    socket.destroy();
  }

  /** Refuses a client for its certificate. @param raw what is below the TLS of `socket`, if that is still there */
  #turnAway(socket: tls.TLSSocket, raw: Socket | undefined, reason: string, alert: number): void {
    if (raw === undefined || this.#refused === undefined) {
      this.#refuse(socket, reason);
      return;
    }
    this.#logRefusal(socket, reason);
    this.#refused.tell(socket, raw, alert);
  }

  #logRefusal(socket: Socket, reason: string): void {
    this.#settings.logger.info(
      `Failed authentication with /${this.#addressOf(socket)} (SSL handshake failed): ${reason}`,
    );
  }

  /** A socket that Node has destroyed has forgotten its address; the one below it was named when it was accepted. */
  #addressOf({ remoteAddress }: Socket): string {
    if (remoteAddress !== undefined) return plainAddress(remoteAddress);
    for (const [name, { socket }] of this.#waiting) {
      if (!socket.destroyed) continue;
      this.#waiting.delete(name);
      return plainAddress(name.split(' ')[0] ?? '');
    }
    return 'unknown';
  }

  #failed(error: NodeJS.ErrnoException, socket: tls.TLSSocket): void {
    const { authorizationError } = socket;
    const reason = authorizationError
      ? `${NOT_ACCEPTED}: ${authorizationError}`
      : (REASONS.get(error.code ?? '') ?? error.message);
    this.#refuse(socket, reason);
  }
}

const REASONS: ReadonlyMap<string, string> = new Map([
  ['ERR_SSL_WRONG_VERSION_NUMBER', 'the client does not speak TLS'],
  ['ERR_SSL_HTTP_REQUEST', 'the client speaks HTTP'],
  ['ERR_SSL_PEER_DID_NOT_RETURN_A_CERTIFICATE', NO_CERTIFICATE],
  ['ECONNRESET', 'the client ended the connection'],
]);

/** One end is not enough: a client may use a port of its own towards several of our addresses. */
const nameOf = ({ remoteAddress, remotePort, localAddress, localPort }: Socket): string =>
  `${remoteAddress} ${remotePort} ${localAddress} ${localPort}`;

/** ssl.client.auth counts on SASL_SSL only where it is given for the listener (SaslChannelBuilder). */
function clientAuthOf({ listener, values }: TlsServerSettings): string {
  const own = values().get(`listener.name.${listener.name.toLowerCase()}.ssl.client.auth`);
  if (isSasl(listener.protocol)) return own ?? 'none';
  return listenerConfig(values(), listener.name, 'ssl.client.auth') ?? 'none';
}

function serverMaterial(get: TlsSetting): { readonly options: SecureContextOptions; readonly stores: ListenerStores } {
  const { options, keyStore, hasTrustStore } = tlsMaterial(get);
  if (keyStore === undefined)
    throw new TlsError(
      'it has no certificate: set ssl.keystore.location and ssl.keystore.password, or ssl.keystore.type=PEM with ssl.keystore.location. ktool certs create DIR makes one to develop with',
    );
  return { options, stores: { keyStore, hasTrustStore } };
}

const isTrue = (text: string | undefined): boolean => text?.trim().toLowerCase() === 'true';

function inConfig<T>({ name, protocol }: Listener, make: () => T): T {
  try {
    return make();
  } catch (error) {
    throw new ConfigError(`Listener ${name} (${protocol}): ${(error as Error).message}`);
  }
}

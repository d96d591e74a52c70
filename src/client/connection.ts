// One socket to one broker: requests go out one after the other without waiting for answers (pipelined), and answers
// come back in the same order, which is Kafka's rule.
import type { Socket } from 'node:net';
import { ErrorCode, KafkaError } from '../protocol/errors.ts';
import { decodeResponse, encodeRequest } from '../protocol/headers.ts';
import { SaslAuthenticate } from '../protocol/messages/sasl-authenticate.ts';
import { SaslHandshake } from '../protocol/messages/sasl-handshake.ts';
import type { Api, RequestInput, ResponseOf } from '../protocol/schema.ts';
import type { Clock, Timer } from '../util/clock.ts';
import type { Address } from './bootstrap.ts';
import { closedBy, notKafka } from './connection-failures.ts';
import { TimeoutError } from './errors.ts';
import { FrameError, FrameReader } from './frame-reader.ts';
import type { Peer } from './peer.ts';
import type { Connector } from './security/connector.ts';

interface Pending {
  readonly correlationId: number;
  readonly settle: (frame: Buffer | undefined, error?: Error) => void;
  readonly timer: Timer;
}

export interface ConnectionOptions {
  readonly clientId: string;
  readonly clock: Clock;
  readonly transport: Connector;
  /** The name that the broker is known by. */
  readonly host: string;
}

export class Connection {
  /**
   * What has to come before the next request, if anything: a login that runs out is renewed. Requests wait for it in order;
   * those of the login itself do not.
   */
  prerequisite: (() => Promise<void> | undefined) | undefined;
  /** Responses received, which tells what kind of peer closed the connection. */
  responses = 0;
  readonly #socket: Socket;
  readonly #peer: Peer;
  readonly #options: ConnectionOptions;
  readonly #frames = new FrameReader((frame) => this.#onFrame(frame));
  readonly #pending: Pending[] = [];
  readonly #closeListeners: ((error: Error) => void)[] = [];
  #correlationId = 0;
  #failure: Error | undefined;

  private constructor(socket: Socket, peer: Peer, options: ConnectionOptions) {
    this.#socket = socket;
    this.#peer = peer;
    this.#options = options;
    socket.setNoDelay(true);
    socket.on('data', (chunk: Buffer) => this.#onData(chunk));
    socket.on('error', (error) => this.#fail(closedBy(this.#peer, this.responses, error)));
    socket.on('close', () => this.#fail(closedBy(this.#peer, this.responses)));
  }

  /**
   * Connects to an address that is resolved already.
   * @param timeoutMs for the attempt
   * @throws the socket's error, or one with code ETIMEDOUT
   */
  static open(address: Address, peer: Peer, timeoutMs: number, options: ConnectionOptions): Promise<Connection> {
    return new Promise((resolve, reject) => {
      const { socket, ready } = options.transport.connect(address, options.host);
      const timer = options.clock.setTimer(timeoutMs, () => {
        socket.destroy(Object.assign(new Error(`no answer within ${timeoutMs} ms`), { code: 'ETIMEDOUT' }));
      });
      const failed = (error: Error) => {
        timer.cancel();
        reject(error);
      };
      socket.once('error', failed);
      socket.once(ready, () => {
        timer.cancel();
        socket.removeListener('error', failed);
        resolve(new Connection(socket, peer, options));
      });
    });
  }

  /** Of the request that was written last. */
  get lastCorrelationId(): number {
    return this.#correlationId - 1;
  }

  get inFlight(): number {
    return this.#pending.length;
  }

  /** Why the connection is gone; undefined while it is there. */
  get failure(): Error | undefined {
    return this.#failure;
  }

  /** Calls `listener` once when the connection has gone, for whatever reason. */
  onClose(listener: (error: Error) => void): void {
    this.#closeListeners.push(listener);
  }

  /**
   * Sends a request and gives the response's frame.
   * @throws ConnectionError if the connection goes first; TimeoutError, and the connection is closed, as Kafka does it
   */
  exchange<A extends Api>(api: A, version: number, body: RequestInput<A>, timeoutMs: number): Promise<Buffer> {
    const first = isLogin(api) ? undefined : this.prerequisite?.();
    return first
      ? first.then(() => this.#exchange(api, version, body, timeoutMs))
      : this.#exchange(api, version, body, timeoutMs);
  }

  #exchange<A extends Api>(api: A, version: number, body: RequestInput<A>, timeoutMs: number): Promise<Buffer> {
    if (this.#failure) return Promise.reject(this.#failure);
    return new Promise((resolve, reject) => {
      const correlationId = this.#write(api, version, body);
      const timer = this.#options.clock.setTimer(timeoutMs, () => {
        this.#fail(new TimeoutError(`${api.name} to ${this.#peer.text} was not answered within ${timeoutMs} ms`));
      });
      const settle = (frame: Buffer | undefined, error?: Error) => (frame ? resolve(frame) : reject(error));
      this.#pending.push({ correlationId, settle, timer });
    });
  }

  /** {@link exchange} with the response decoded. */
  async send<A extends Api>(api: A, version: number, body: RequestInput<A>, timeoutMs: number): Promise<ResponseOf<A>> {
    const frame = await this.exchange(api, version, body, timeoutMs);
    return decodeResponse(api, version, frame).body;
  }

  /**
   * Sends a request that is not answered: Produce with acks=0. Resolves when the system has taken it.
   * @throws ConnectionError if the connection goes first
   */
  async post<A extends Api>(api: A, version: number, body: RequestInput<A>): Promise<void> {
    const first = this.prerequisite?.();
    if (first) await first;
    return this.#post(api, version, body);
  }

  #post<A extends Api>(api: A, version: number, body: RequestInput<A>): Promise<void> {
    if (this.#failure) return Promise.reject(this.#failure);
    return new Promise((resolve, reject) => {
      this.#write(api, version, body, (error) => (error ? reject(this.#failure ?? error) : resolve()));
    });
  }

  /** Closes after what was written has gone out; requests that are not answered fail. */
  close(): void {
    this.#fail(new KafkaError(ErrorCode.NETWORK_EXCEPTION, `The connection to ${this.#peer.text} was closed`), true);
  }

  #write<A extends Api>(
    api: A,
    version: number,
    body: RequestInput<A>,
    written?: (error?: Error | null) => void,
  ): number {
    const correlationId = this.#correlationId;
    this.#correlationId = (correlationId + 1) & 0x7fffffff;
    const buffers = encodeRequest(api, version, { correlationId, clientId: this.#options.clientId }, body);
    this.#socket.cork();
    for (const [i, buffer] of buffers.entries()) {
      this.#socket.write(buffer, i === buffers.length - 1 ? written : undefined);
    }
    this.#socket.uncork();
    return correlationId;
  }

  #onData(chunk: Buffer): void {
    try {
      this.#frames.push(chunk);
    } catch (error) {
      const isFrameError = error instanceof FrameError;
      this.#fail(isFrameError ? notKafka(this.#peer, error.first) : (error as Error));
    }
  }

  #onFrame(frame: Buffer): void {
    const next = this.#pending.shift();
    if (next === undefined || frame.length < 4 || frame.readInt32BE(0) !== next.correlationId) {
      next?.timer.cancel();
      const failure = notKafka(this.#peer, frame);
      next?.settle(undefined, failure);
      this.#fail(failure);
      return;
    }
    this.responses++;
    next.timer.cancel();
    next.settle(frame);
  }

  #fail(error: Error, afterWriting = false): void {
    if (this.#failure) return;
    this.#failure = error;
    if (afterWriting) this.#socket.destroySoon();
    else this.#socket.destroy();
    for (const { timer, settle } of this.#pending.splice(0)) {
      timer.cancel();
      settle(undefined, error);
    }
    for (const listener of this.#closeListeners) listener(error);
  }
}

function isLogin(api: Api): boolean {
  return api.key === SaslHandshake.key || api.key === SaslAuthenticate.key;
}

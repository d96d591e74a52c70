// One client. Requests are served one after another in the order they came, as Kafka does by muting the channel: the next
// one is looked at when the answer to the one before is with the socket. Both directions are bounded: while a request is
// being served or the client does not read its answers, the socket is not read beyond a mark.
import type { Socket } from 'node:net';
import { DecodeError } from '../../protocol/reader.ts';
import type { Timer } from '../../util/clock.ts';
import type { Listener, SecurityProtocol } from '../config/listeners.ts';
import { CloseConnection } from '../handlers/define.ts';
import { javaAddress, plainAddress } from './addresses.ts';
import type { Answer } from './answer.ts';
import { Authentication } from './authentication.ts';
import type { ConnectionInfo } from './connection-info.ts';
import { describeForeign } from './foreign-protocol.ts';
import { FrameReader, FrameSizeError } from './frame-reader.ts';
import type { ConnectionSettings } from './settings.ts';

/** Bytes of requests that may wait behind the one being served before the socket is no longer read. */
const WAITING_BYTES_MARK = 64 * 1024;
/** Below this it is not worth telling that an answer's buffer may be used again. */
const LARGE_BYTES = 16 * 1024;
/** A frame has this long to arrive, and a second more for each of its blocks. */
const FRAME_DEADLINE_MS = 30_000;
const FRAME_BLOCK_BYTES = 16 * 1024;
/** Who has not logged in by then is not waited for; Kafka would wait for connections.max.idle.ms, and each message renews it. */
const LOGIN_DEADLINE_MS = 60_000;

export class Connection implements ConnectionInfo {
  readonly id: number;
  readonly clientHost: string;
  readonly clientPort: number;
  readonly authentication: Authentication;
  readonly listenerName: string;
  readonly securityProtocol: SecurityProtocol;
  readonly isController: boolean;
  readonly localAddress: string;
  readonly localPort: number;
  clientSoftware = { name: '', version: '' };
  readonly #socket: Socket;
  readonly #settings: ConnectionSettings;
  readonly #frames: FrameReader;
  readonly #closeListeners = new Set<() => void>();
  #closed = false;
  #closing = false;
  #serving = false;
  readonly #openedMs: number;
  #lastActivityMs: number;
  #frameSinceMs: number | undefined;
  #muted: Timer | undefined;

  /**
   * @param socket a TLSSocket whose handshake is done where the listener has TLS
   * @param principal whom the client's certificate names
   */
  constructor(socket: Socket, id: number, listener: Listener, settings: ConnectionSettings, principal?: string) {
    this.#socket = socket;
    this.#settings = settings;
    this.id = id;
    this.listenerName = listener.name;
    this.securityProtocol = listener.protocol;
    this.isController = listener.controller;
    this.authentication = new Authentication(listener.protocol, principal);
    this.clientHost = `/${javaAddress(socket.remoteAddress ?? '')}`;
    this.clientPort = socket.remotePort ?? 0;
    this.localAddress = plainAddress(socket.localAddress ?? '');
    this.localPort = socket.localPort ?? 0;
    this.#frames = new FrameReader(settings.maxLoginFrameBytes);
    this.#openedMs = settings.clock.monotonicMs();
    this.#lastActivityMs = this.#openedMs;
    socket.on('data', (chunk: Buffer) => this.#received(chunk));
    socket.on('drain', () => this.#drained());
    // A reset by the client says no more than the close that follows it.
    socket.on('error', () => {});
    socket.on('close', () => this.#ended());
  }

  get principal(): string {
    return this.authentication.principal;
  }

  /** Of the clock's monotonicMs. */
  get lastActivityMs(): number {
    return this.#lastActivityMs;
  }

  get closed(): boolean {
    return this.#closed;
  }

  onClose(fn: () => void): () => void {
    if (this.#closed) {
      fn();
      return () => {};
    }
    this.#closeListeners.add(fn);
    return () => void this.#closeListeners.delete(fn);
  }

  mute(ms: number): void {
    this.#muted?.cancel();
    this.#muted = this.#settings.clock.setTimer(ms, () => {
      this.#muted = undefined;
      this.#pump();
    });
  }

  /** Ends the connection as soon as the request in hand, if any, is answered. */
  closeWhenServed(): void {
    this.#closing = true;
    // Read on, or the client's own end would never be seen; what it still sends is dropped.
    this.#socket.resume();
    if (!this.#serving) this.#socket.end();
  }

  /** Ends the connection now. */
  destroy(): void {
    this.#socket.destroy();
  }

  /** Ends the connection if it has been idle for too long or a frame takes too long to arrive. */
  reap(nowMs: number): void {
    const { logger, maxIdleMs } = this.#settings;
    const frameMs = FRAME_DEADLINE_MS + (this.#frames.claimedSize / FRAME_BLOCK_BYTES) * 1000;
    if (this.#frameSinceMs !== undefined && nowMs - this.#frameSinceMs > frameMs) {
      logger.info(`${this.#name}: closed, a request did not arrive whole within ${Math.round(frameMs / 1000)} s`);
      this.destroy();
    } else if (!this.authentication.isComplete && nowMs - this.#openedMs > LOGIN_DEADLINE_MS) {
      logger.info(`${this.#name}: closed, no login within ${LOGIN_DEADLINE_MS / 1000} s`);
      this.destroy();
    } else if (this.#isIdle && nowMs - this.#lastActivityMs > maxIdleMs) {
      logger.debug(`${this.#name}: closed after ${maxIdleMs} ms without a request`);
      this.destroy();
    }
  }

  get #maxFrameBytes(): number {
    const { maxFrameBytes, maxLoginFrameBytes } = this.#settings;
    return this.authentication.isComplete ? maxFrameBytes : maxLoginFrameBytes;
  }

  /** A request being served is no idleness, nor is a wait that the broker asked for, unless the client does not take its answers. */
  get #isIdle(): boolean {
    return !(this.#serving || this.#muted) || this.#socket.writableNeedDrain;
  }

  get #name(): string {
    return `Connection from ${this.clientHost} on ${this.listenerName}`;
  }

  #received(chunk: Buffer): void {
    if (this.#closing) return;
    this.#lastActivityMs = this.#settings.clock.monotonicMs();
    this.#frames.push(chunk);
    this.#pump();
  }

  #drained(): void {
    this.#lastActivityMs = this.#settings.clock.monotonicMs();
    this.#pump();
  }

  /** Serves what has arrived, until a request has to wait for its answer or the client for room. */
  #pump(): void {
    if (this.#serving || this.#muted || this.#closed || this.#closing) {
      this.#readAsFits();
      return;
    }
    this.#socket.cork();
    try {
      while (!this.#serving && !this.#muted && !this.#socket.writableNeedDrain) {
        this.#frames.maxFrameBytes = this.#maxFrameBytes;
        const frame = this.#frames.next();
        if (frame === undefined) break;
        this.#serve(frame);
      }
    } catch (error) {
      this.#fail(error);
    } finally {
      this.#socket.uncork();
    }
    this.#noteUnfinishedFrame();
    this.#readAsFits();
  }

  #serve(frame: Buffer): void {
    const answer = this.#settings.dispatch(frame, this);
    if (!(answer instanceof Promise)) {
      this.#write(answer);
      return;
    }
    this.#serving = true;
    answer.then(
      (buffers) => {
        this.#serving = false;
        this.#lastActivityMs = this.#settings.clock.monotonicMs();
        this.#writeTogether(buffers);
        if (this.#closing) this.#socket.end();
        this.#pump();
      },
      (error: unknown) => {
        this.#serving = false;
        this.#fail(error);
      },
    );
  }

  #writeTogether(answer: Answer): void {
    this.#socket.cork();
    this.#write(answer);
    this.#socket.uncork();
  }

  #write(answer: Answer): void {
    if (answer === undefined || !this.#socket.writable) return;
    for (const buffer of answer) {
      if (buffer.length < LARGE_BYTES) this.#socket.write(buffer);
      else this.#socket.write(buffer, (error) => this.#sent(buffer, error));
    }
  }

  #sent(buffer: Buffer, error: Error | null | undefined): void {
    if (!error) this.#settings.sent(buffer);
  }

  #readAsFits(): void {
    const full = this.#frames.waitingBytes > WAITING_BYTES_MARK || this.#socket.writableNeedDrain;
    if (full && !this.#closing) this.#socket.pause();
    else if (this.#socket.isPaused()) this.#socket.resume();
  }

  #noteUnfinishedFrame(): void {
    if (!this.#frames.insideFrame) this.#frameSinceMs = undefined;
    else this.#frameSinceMs ??= this.#settings.clock.monotonicMs();
  }

  /** One line in the log, and the end of this connection; the others and the process go on. */
  #fail(error: unknown): void {
    const { logger } = this.#settings;
    if (error instanceof FrameSizeError)
      logger.warn(`${this.#name}: closed, not a Kafka client: it sent ${describeForeign(error.start)}`);
    else if (error instanceof CloseConnection || error instanceof DecodeError)
      logger.warn(`${this.#name}: closed, ${error.message}`);
    else logger.error(`${this.#name}: closed, a request failed`, error);
    this.destroy();
  }

  #ended(): void {
    this.#closed = true;
    this.#muted?.cancel();
    const listeners = [...this.#closeListeners];
    this.#closeListeners.clear();
    for (const listener of listeners) listener();
  }
}

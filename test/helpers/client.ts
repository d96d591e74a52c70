// A client over a real socket that sends what it is told and nothing else.
import { once } from 'node:events';
import net from 'node:net';
import { onTestFinished } from 'vitest';
import { decodeResponse, encodeRequest } from '../../src/protocol/headers.ts';
import type { Api, RequestInput, ResponseOf } from '../../src/protocol/schema.ts';
import { type Deferred, deferred } from '../../src/util/deferred.ts';

export class TestClient {
  readonly socket: net.Socket;
  #chunks: Buffer[] = [];
  #bytes = 0;
  /** Nothing can be whole before so many bytes are there. */
  #needed = 4;
  #frames: Buffer[] = [];
  #waiting: Deferred<Buffer>[] = [];
  #nextCorrelationId = 1;
  /** Resolves when the connection is closed, by whichever side. */
  readonly closed: Promise<void>;

  constructor(socket: net.Socket) {
    this.socket = socket;
    this.closed = new Promise((resolve) => void socket.once('close', () => resolve()));
    socket.on('data', (chunk: Buffer) => this.#push(chunk));
    socket.on('error', () => {});
    socket.on('close', () => {
      for (const waiting of this.#waiting.splice(0)) waiting.reject(new Error('the broker closed the connection'));
    });
  }

  /** Sends a request and resolves with the decoded answer. Requests may be sent without waiting for the one before. */
  async request<A extends Api>(
    api: A,
    version: number,
    body: RequestInput<A>,
    clientId = 'test',
  ): Promise<ResponseOf<A>> {
    const correlationId = this.#nextCorrelationId++;
    this.send(Buffer.concat(encodeRequest(api, version, { correlationId, clientId }, body)));
    const answer = decodeResponse(api, version, await this.nextFrame());
    if (answer.correlationId !== correlationId)
      throw new Error(`correlation id ${answer.correlationId} where ${correlationId} was expected`);
    return answer.body;
  }

  /** Sends bytes as they are. */
  send(bytes: Buffer | string): void {
    this.socket.write(bytes);
  }

  /** The next frame without its size; rejects if the connection ends first. */
  nextFrame(): Promise<Buffer> {
    const frame = this.#frames.shift();
    if (frame) return Promise.resolve(frame);
    if (this.socket.destroyed) return Promise.reject(new Error('the broker closed the connection'));
    const waiting = deferred<Buffer>();
    this.#waiting.push(waiting);
    return waiting.promise;
  }

  close(): void {
    this.socket.destroy();
  }

  #push(chunk: Buffer): void {
    this.#chunks.push(chunk);
    this.#bytes += chunk.length;
    if (this.#bytes < this.#needed) return;
    let received = Buffer.concat(this.#chunks);
    const end = () => (received.length < 4 ? 4 : 4 + received.readInt32BE(0));
    while (received.length >= 4 && received.length >= end()) {
      this.#take(received.subarray(4, end()));
      received = received.subarray(end());
    }
    this.#chunks = [received];
    this.#bytes = received.length;
    this.#needed = end();
  }

  #take(frame: Buffer): void {
    const waiting = this.#waiting.shift();
    if (waiting) waiting.resolve(frame);
    else this.#frames.push(frame);
  }
}

/** A connected client, closed when the test is over. */
export async function connect(target: { port: number; host?: string }): Promise<TestClient> {
  const socket = net.connect(target.port, target.host ?? '127.0.0.1');
  socket.setNoDelay(true);
  await once(socket, 'connect');
  const client = new TestClient(socket);
  onTestFinished(() => client.close());
  return client;
}

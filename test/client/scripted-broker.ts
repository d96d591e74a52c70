// A TCP server that answers as a test tells it, for what a real broker never does.
import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';
import { FrameReader } from '../../src/client/frame-reader.ts';
import { encodeResponse } from '../../src/protocol/headers.ts';
import { ApiVersions } from '../../src/protocol/messages/api-versions.ts';
import { Metadata } from '../../src/protocol/messages/metadata.ts';
import type { Api, ResponseInput } from '../../src/protocol/schema.ts';

/** What a test sees of a request: enough to answer it. */
export interface ScriptedRequest {
  readonly api: number;
  readonly version: number;
  readonly correlationId: number;
  readonly socket: Socket;
}

/** Listens on a free port of 127.0.0.1 until the test is over. @returns its bootstrap address */
export async function listen(onConnection: (socket: Socket) => void): Promise<string> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    onConnection(socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
    for (const socket of sockets) socket.destroy();
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return `127.0.0.1:${address.port}`;
}

/** {@link listen}, with the requests of every connection cut out. */
export function listenForRequests(onRequest: (request: ScriptedRequest) => void): Promise<string> {
  return listen((socket) => {
    const reader = new FrameReader((frame) =>
      onRequest({
        api: frame.readInt16BE(0),
        version: frame.readInt16BE(2),
        correlationId: frame.readInt32BE(4),
        socket,
      }),
    );
    socket.on('data', (chunk: Buffer) => reader.push(chunk));
  });
}

export function answer<A extends Api>(
  { socket, correlationId, version }: ScriptedRequest,
  api: A,
  body: ResponseInput<A>,
  atVersion = version,
): void {
  socket.write(Buffer.concat(encodeResponse(api, atVersion, correlationId, body)));
}

/** Offers ApiVersions and Metadata and nothing else. */
export function answerVersions(request: ScriptedRequest): void {
  const apiKeys = [ApiVersions, Metadata].map(({ key, versions: [minVersion, maxVersion] }) => ({
    apiKey: key,
    minVersion,
    maxVersion,
  }));
  answer(request, ApiVersions, { errorCode: 0, apiKeys });
}

/** A cluster of one broker, number 7, at the given address. */
export function answerMetadata(request: ScriptedRequest, host: string, port: number): void {
  answer(request, Metadata, { brokers: [{ nodeId: 7, host, port }], clusterId: 'c', controllerId: 7, topics: [] });
}

// Requests on connections of their own, without a client's ideas about them. Also used where there is no vitest: the recordings.
import net from 'node:net';
import { decodeResponse, encodeRequest } from '../../../src/protocol/headers.ts';
import type { Api, ResponseOf } from '../../../src/protocol/schema.ts';

export interface RawRequest<A extends Api = Api> {
  readonly api: A;
  readonly version: number;
  readonly body: object;
}

/** The answers to requests on one connection, sent one after the other; 'closed' from where the broker hangs up. */
export function converse(
  { port, from }: { readonly port: number; readonly from: string },
  requests: readonly RawRequest[],
): Promise<(ResponseOf<Api> | 'closed')[]> {
  return new Promise((resolve, reject) => {
    const answers: (ResponseOf<Api> | 'closed')[] = [];
    const socket = net.connect({ port, host: '127.0.0.1', localAddress: from });
    const sendNext = () => {
      const next = requests[answers.length];
      if (next === undefined) return void socket.destroy();
      const header = { correlationId: 1, clientId: 'authorization-session' };
      for (const part of encodeRequest(next.api, next.version, header, next.body as never)) socket.write(part);
    };
    let received = Buffer.alloc(0);
    socket.on('error', reject);
    socket.on('close', () => resolve([...answers, ...requests.slice(answers.length).map(() => 'closed' as const)]));
    socket.on('data', (chunk) => {
      received = Buffer.concat([received, chunk]);
      if (received.length < 4 || received.length < 4 + received.readInt32BE(0)) return;
      const { api, version } = requests[answers.length]!;
      answers.push(decodeResponse(api, version, received.subarray(4)).body);
      received = Buffer.alloc(0);
      sendNext();
    });
    socket.on('connect', sendNext);
  });
}

/** One request on a connection of its own; 'closed' if the broker hangs up instead of answering. */
export async function ask<A extends Api>(
  port: number,
  from: string,
  api: A,
  version: number,
  body: object,
): Promise<ResponseOf<A> | 'closed'> {
  const [answer] = await converse({ port, from }, [{ api: api as unknown as Api, version, body }]);
  return answer as ResponseOf<A> | 'closed';
}

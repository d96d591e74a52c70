// Stands between clients and a broker, and sees from the requests of each connection who it is of, how often it logs in and
// who ends it: what a client does itself it does not say.
import net, { type Socket } from 'node:net';

const SASL_HANDSHAKE = 17;

/** One connection that a client made. */
export interface Visit {
  /** As its first request has it. */
  readonly clientId: string;
  readonly logins: number;
  readonly endedBy: 'client' | 'broker' | undefined;
}

export interface Witness {
  /** Where clients connect to. */
  readonly port: number;
  /** Says which port of 127.0.0.1 connections are handed on to. */
  lead(port: number): void;
  /** All, also those over TLS, whose requests it does not see. */
  readonly visits: readonly Visit[];
  visitsOf(clientId: string): Visit[];
  close(): void;
}

type Writable<T> = { -readonly [Key in keyof T]: T[Key] };

export async function openWitness(): Promise<Witness> {
  const visits: Writable<Visit>[] = [];
  const sockets = new Set<Socket>();
  let target = 0;
  const server = net.createServer((client) => {
    const broker = net.connect(target, '127.0.0.1');
    const visit: Writable<Visit> = { clientId: '', logins: 0, endedBy: undefined };
    visits.push(visit);
    watch(client, visit);
    pass(client, broker, () => (visit.endedBy ??= 'client'));
    pass(broker, client, () => (visit.endedBy ??= 'broker'));
    for (const socket of [client, broker]) sockets.add(socket.on('close', () => sockets.delete(socket)));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as net.AddressInfo).port,
    lead: (port) => {
      target = port;
    },
    visits,
    visitsOf: (clientId) => visits.filter((visit) => visit.clientId === clientId),
    close: () => {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}

function pass(from: Socket, to: Socket, ended: () => void): void {
  from.on('data', (bytes) => to.write(bytes));
  from.on('error', () => {});
  from.on('close', () => {
    ended();
    to.end();
  });
}

/** Reads the heads of requests: their size, API, version, correlation id and client id. */
function watch(client: Socket, visit: Writable<Visit>): void {
  let rest = Buffer.alloc(0);
  client.on('data', (bytes) => {
    rest = Buffer.concat([rest, bytes]);
    while (rest.length >= 4 && rest.length >= 4 + rest.readInt32BE()) {
      const frame = rest.subarray(4, 4 + rest.readInt32BE());
      rest = rest.subarray(4 + frame.length);
      if (visit.clientId === '') visit.clientId = frame.toString('utf8', 10, 10 + Math.max(0, frame.readInt16BE(8)));
      if (frame.readInt16BE(0) === SASL_HANDSHAKE) visit.logins++;
    }
  });
}

// Clients whose certificate is refused once the handshake is over: they are told by an alert, and put out.
import type { Socket } from 'node:net';
import type { Server, TLSSocket } from 'node:tls';
import type { Clock } from '../../../util/clock.ts';
import { alertRecord, serverSecret } from './certificate-alert.ts';

/** They have so long to hear of it. */
const FAREWELL_MS = 1000;

export class RefusedClients {
  readonly #clock: Clock;
  /** What the alert is made with. */
  readonly #secrets = new WeakMap<Socket, Buffer>();

  /** @param server whose clients may be refused */
  constructor(server: Server, clock: Clock) {
    this.#clock = clock;
    server.on('keylog', (line, socket) => {
      const secret = serverSecret(line);
      if (secret !== undefined) this.#secrets.set(socket, secret);
    });
  }

  /**
   * Ends the connection, before anything was sent over it.
   * @param raw what is below the TLS of `socket`
   */
  tell(socket: TLSSocket, raw: Socket, alert: number): void {
    const secret = this.#secrets.get(socket);
    const record = secret === undefined ? undefined : alertRecord(socket, secret, alert);
    if (record === undefined) {
      socket.destroy();
      return;
    }
    // What the client has already asked is read, or the system would reset the connection and with it take back the alert.
    socket.on('error', () => {}).resume();
    const deadline = this.#clock.setTimer(FAREWELL_MS, () => socket.destroy());
    raw.once('close', () => deadline.cancel());
    // After the tickets that the handshake has left to be sent.
    setImmediate(() => raw.end(record));
  }
}

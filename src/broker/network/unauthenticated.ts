// Connections that have not shown yet who they are. They are few at any time with real clients, so that a flood of them costs
// the flood its oldest, and those who have logged in nothing.
const MOST = 1_000;

export class Unauthenticated {
  readonly #sockets = new Set<{ destroy(): unknown }>();

  /** Counts a connection in, and ends the one that has waited longest if that makes too many. */
  add(socket: { destroy(): unknown }): void {
    this.#sockets.add(socket);
    if (this.#sockets.size <= MOST) return;
    const [oldest] = this.#sockets;
    if (oldest !== undefined) {
      this.#sockets.delete(oldest);
      oldest.destroy();
    }
  }

  /** It has logged in, or gone. */
  delete(socket: { destroy(): unknown }): void {
    this.#sockets.delete(socket);
  }
}

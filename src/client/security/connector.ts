// How a connection to a broker begins.
import type { Socket } from 'node:net';
import type { Address } from '../bootstrap.ts';

export interface Connector {
  readonly tls: boolean;
  /**
   * Begins to connect.
   * @param host the name that the broker is known by, which its certificate must have
   * @returns the socket, and the event that says that it can be used
   */
  connect(address: Address, host: string): { readonly socket: Socket; readonly ready: 'connect' | 'secureConnect' };
}

import type { SecurityProtocol } from '../config/listeners.ts';
import type { Authentication } from './authentication.ts';

/** The connection that a request came in on. */
export interface ConnectionInfo {
  /** Unique in this process. */
  readonly id: number;
  /** As Kafka's tools show it: `/127.0.0.1`. */
  readonly clientHost: string;
  readonly clientPort: number;
  /** `User:ANONYMOUS` until authentication says otherwise. */
  readonly principal: string;
  readonly authentication: Authentication;
  readonly listenerName: string;
  readonly securityProtocol: SecurityProtocol;
  /** Whether it came in on a listener of controller.listener.names. */
  readonly isController: boolean;
  /** The address and port that the client connected to. */
  readonly localAddress: string;
  readonly localPort: number;
  /** Software name and version the client gave in ApiVersions v3+, empty before. */
  clientSoftware: { name: string; version: string };
  readonly closed: boolean;
  /** Serves nothing of this connection for so many milliseconds after the answer in hand (KIP-219). */
  mute(ms: number): void;
  /** Ends the connection when the request in hand is answered. */
  closeWhenServed(): void;
  /** Calls `fn` once when the connection ends (at once if it has); returns a function that takes the wish back. */
  onClose(fn: () => void): () => void;
}

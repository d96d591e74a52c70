// How an API gets served: a handler names its API and gives a function; the table of handlers is what dispatch routes
// by and what ApiVersions advertises, so nothing is advertised that is not served.
import type { Api, RequestOf, ResponseInput } from '../../protocol/schema.ts';
import type { Access } from '../authorization/access.ts';
import type { SecurityProtocol } from '../config/listeners.ts';
import type { Authentication } from '../network/authentication.ts';
import type { Services } from '../services.ts';

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

export interface RequestContext {
  readonly apiVersion: number;
  readonly correlationId: number;
  readonly clientId: string | null;
  /** Of the request with its header, without its size field. */
  readonly requestBytes: number;
  readonly connection: ConnectionInfo;
  readonly services: Services;
  /** What the sender may do; undefined where everybody may do everything. */
  readonly access?: Access;
}

/** What a handler returns where the protocol has no answer (Produce with acks=0). */
export const NO_RESPONSE = Symbol('no response');

/** Thrown by a handler when the connection must end without an answer, as Kafka does on InvalidRequestException. */
export class CloseConnection extends Error {
  override name = 'CloseConnection';
}

export type HandlerResult<A extends Api> = ResponseInput<A> | typeof NO_RESPONSE;
export type HandlerFunction<A extends Api> = (
  request: RequestOf<A>,
  context: RequestContext,
) => HandlerResult<A> | Promise<HandlerResult<A>>;

export interface Handler {
  readonly api: Api;
  /** Advertised versions; within `api.versions` except for Produce, which Kafka advertises from 0 (KAFKA-18659). */
  readonly advertised: readonly [min: number, max: number];
  handle(request: unknown, context: RequestContext): unknown;
}

/**
 * Declares a handler.
 * @param options.advertised the versions ApiVersions names, if not all of the API's
 */
export function defineHandler<A extends Api>(
  api: A,
  handle: HandlerFunction<A>,
  options: { advertised?: readonly [number, number] } = {},
): Handler {
  return { api, advertised: options.advertised ?? api.versions, handle: handle as Handler['handle'] };
}

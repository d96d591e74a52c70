// How an API gets served: a handler names its API and gives a function; the table of handlers is what dispatch routes
// by and what ApiVersions advertises, so nothing is advertised that is not served.
import type { Api, RequestOf, ResponseInput } from '../../protocol/schema.ts';
import type { Access } from '../authorization/access.ts';
import type { ConnectionInfo } from '../network/connection-info.ts';
import type { ServedApi, Services } from '../services.ts';

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

export interface Handler extends ServedApi {
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

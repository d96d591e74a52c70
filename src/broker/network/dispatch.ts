// From a frame to the frame that answers it: the header, the version range, the handler, the codec. Nothing else in the
// broker looks at headers or ranges.
import { decode } from '../../protocol/codec.ts';
import { decodeRequest, encodeResponse, RequestHeaderMessage, requestHeaderVersion } from '../../protocol/headers.ts';
import { ApiVersions } from '../../protocol/messages/api-versions.ts';
import { Reader } from '../../protocol/reader.ts';
import type { ResponseInput } from '../../protocol/schema.ts';
import { unsupportedApiVersions } from '../handlers/api-versions.ts';
import { isForControllers } from '../handlers/controller-apis.ts';
import { CloseConnection, type Handler, NO_RESPONSE, type RequestContext } from '../handlers/define.ts';
import { refuseInLogin } from '../handlers/sasl.ts';
import { serveThrottled } from '../quotas/serve-throttled.ts';
import type { Answer } from './answer.ts';
import type { Refusal } from './authentication.ts';
import type { ConnectionInfo } from './connection-info.ts';
import type { DispatchServices } from './dispatch-services.ts';

const SHORTEST_HEADER = 8;
/** In all lists of a request; socket.request.max.bytes of the shortest would be gigabytes of memory. */
const MOST_ELEMENTS = 1_000_000;

/**
 * Serves one request. The answer comes at once if the handler's does, so that a run of requests costs no promises.
 * @throws CloseConnection where Kafka closes the connection: an unknown API or version (InvalidRequestException)
 * @throws DecodeError if the frame does not hold what its version says
 */
export function dispatch(
  frame: Buffer,
  connection: ConnectionInfo,
  services: DispatchServices,
): Answer | Promise<Answer> {
  const { authentication } = connection;
  if (authentication.rawFrames !== undefined) return authentication.rawFrames(frame);
  if (frame.length < SHORTEST_HEADER)
    throw new CloseConnection(`a frame of ${frame.length} bytes is shorter than a request header`);
  const apiKey = frame.readInt16BE(0);
  const version = frame.readInt16BE(2);
  const handler = services.handlers.get(apiKey);
  if (handler === undefined) throw new CloseConnection(`unknown API key ${apiKey}`);
  if (connection.isController && !isForControllers(apiKey))
    throw new CloseConnection(`Received request api key ${handler.api.name} which is not enabled`);
  const refusal = authentication.refusal(handler.api);
  if (refusal !== undefined && !refusal.isAnswered) throw new CloseConnection(refusal.reason);
  if (!isServed(handler, version)) {
    if (apiKey !== ApiVersions.key || refusal !== undefined)
      throw new CloseConnection(`version ${version} of ${handler.api.name} is not supported`);
    return encodeResponse(ApiVersions, 0, frame.readInt32BE(4), unsupportedApiVersions());
  }
  return serve(frame, handler, version, connection, services, refusal);
}

/** Kafka's broker accepts less of Produce than it advertises (KAFKA-18659). */
function isServed({ api, advertised }: Handler, version: number): boolean {
  return version >= Math.max(api.versions[0], advertised[0]) && version <= advertised[1];
}

function serve(
  frame: Buffer,
  handler: Handler,
  version: number,
  connection: ConnectionInfo,
  services: DispatchServices,
  refusal: Refusal | undefined,
): Answer | Promise<Answer> {
  const { api } = handler;
  const reader = new Reader(frame, 0, frame.length, MOST_ELEMENTS);
  const { correlationId, clientId } = decode(RequestHeaderMessage, requestHeaderVersion(api, version), reader);
  const request = decodeRequest(api, version, reader);
  const encode = (response: unknown): Answer =>
    response === NO_RESPONSE
      ? undefined
      : encodeResponse(api, version, correlationId, response as ResponseInput<typeof api>);
  const context = { apiVersion: version, correlationId, clientId, requestBytes: frame.length, connection, services };
  if (refusal !== undefined) return refuseInLogin(refusal.reason, api, request, context).then(encode);
  const { controls } = services;
  const response = controls.isActive
    ? controls.serve(handler, request, context, () => handle(handler, request, context))
    : handle(handler, request, context);
  return response instanceof Promise ? response.then(encode) : encode(response);
}

function handle(handler: Handler, request: unknown, context: RequestContext): unknown {
  return context.services.quotas.active ? serveThrottled(handler, request, context) : handler.handle(request, context);
}

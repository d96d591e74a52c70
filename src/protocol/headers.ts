// Frames: size, header, body. Request headers v1 and v2, response headers v0 and v1 (KIP-482); header v0 went with
// ControlledShutdown v0. A client id stays a plain string even in the flexible header, so that a broker can read it
// before it knows the rest.
import { decode, encode } from './codec.ts';
import { Reader } from './reader.ts';
import type { Api, RequestInput, RequestOf, ResponseInput, ResponseOf } from './schema.ts';
import { type DecodedMessage, int16, int32, message, string } from './schema.ts';
import { Writer } from './writer.ts';

export const RequestHeaderMessage = message({
  name: 'RequestHeader',
  versions: [1, 2],
  flexible: 2,
  fields: {
    requestApiKey: int16,
    requestApiVersion: int16,
    correlationId: int32,
    clientId: string.nullable().default(null).flexibleFrom(Number.POSITIVE_INFINITY),
  },
});

export const ResponseHeaderMessage = message({
  name: 'ResponseHeader',
  versions: [0, 1],
  flexible: 1,
  fields: { correlationId: int32 },
});

export interface RequestHeader extends DecodedMessage<typeof RequestHeaderMessage> {}

const API_VERSIONS_KEY = 18;

export function requestHeaderVersion(api: Api, version: number): number {
  return api.flexible !== null && version >= api.flexible ? 2 : 1;
}

/** ApiVersions always answers with header v0: the client does not know yet what the broker understands (KIP-511). */
export function responseHeaderVersion(api: Api, version: number): number {
  return api.key !== API_VERSIONS_KEY && api.flexible !== null && version >= api.flexible ? 1 : 0;
}

const SIZE_BYTES = 4;

/** A writer with room for the size, so that a small frame is one buffer: a writev costs a third more than a write. */
function frameWriter(): Writer {
  const writer = new Writer();
  writer.int32(0);
  return writer;
}

function framed(writer: Writer): Buffer[] {
  const { size } = writer;
  const buffers = writer.finish();
  buffers[0]!.writeInt32BE(size - SIZE_BYTES);
  return buffers;
}

/** A whole request frame with its size, as buffers for one writev. */
export function encodeRequest<A extends Api>(
  api: A,
  version: number,
  header: { correlationId: number; clientId: string | null },
  body: RequestInput<A>,
): Buffer[] {
  const writer = frameWriter();
  encode(RequestHeaderMessage, requestHeaderVersion(api, version), writer, {
    requestApiKey: api.key,
    requestApiVersion: version,
    ...header,
  });
  encode(api.request, version, writer, body as never);
  return framed(writer);
}

/** A whole response frame with its size, as buffers for one writev. */
export function encodeResponse<A extends Api>(
  api: A,
  version: number,
  correlationId: number,
  body: ResponseInput<A>,
): Buffer[] {
  const writer = frameWriter();
  encode(ResponseHeaderMessage, responseHeaderVersion(api, version), writer, { correlationId });
  encode(api.response, version, writer, body as never);
  return framed(writer);
}

/** The body of a request, behind its header. Bytes behind the body are tolerated, as Kafka does. */
export function decodeRequest<A extends Api>(api: A, version: number, reader: Reader): RequestOf<A> {
  return decode(api.request, version, reader) as RequestOf<A>;
}

/**
 * A response frame without its size.
 * @throws DecodeError on a malformed frame
 */
export function decodeResponse<A extends Api>(
  api: A,
  version: number,
  frame: Buffer,
): { correlationId: number; body: ResponseOf<A> } {
  const reader = new Reader(frame);
  const { correlationId } = decode(ResponseHeaderMessage, responseHeaderVersion(api, version), reader);
  return { correlationId, body: decode(api.response, version, reader) as ResponseOf<A> };
}

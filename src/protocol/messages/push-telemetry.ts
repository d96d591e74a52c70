// PushTelemetry: metrics of a client (KIP-714).
import { api, bool, bytes, int8, int16, int32, type RequestOf, type ResponseOf, uuid } from '../schema.ts';

export const PushTelemetry = api({
  name: 'PushTelemetry',
  key: 72,
  versions: [0, 0],
  flexible: 0,
  request: { clientInstanceId: uuid, subscriptionId: int32, terminating: bool, compressionType: int8, metrics: bytes },
  response: { throttleTimeMs: int32, errorCode: int16 },
});

export interface PushTelemetryRequest extends RequestOf<typeof PushTelemetry> {}
export interface PushTelemetryResponse extends ResponseOf<typeof PushTelemetry> {}

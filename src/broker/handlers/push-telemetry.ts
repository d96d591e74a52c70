// PushTelemetry (v0): metrics of a client (KIP-714), see telemetry/. Like Kafka, advertised only where they go somewhere.
import { ErrorCode, KafkaError } from '../../protocol/errors.ts';
import { PushTelemetry } from '../../protocol/messages/push-telemetry.ts';
import { defineHandler } from './define.ts';
import { attributesOf } from './telemetry-client.ts';

export const pushTelemetryHandler = defineHandler(PushTelemetry, async (request, context) => {
  try {
    await context.services.telemetry.push(request, attributesOf(context, request.clientInstanceId));
    return { throttleTimeMs: 0, errorCode: ErrorCode.NONE };
  } catch (error) {
    if (!(error instanceof KafkaError)) throw error;
    return { throttleTimeMs: 0, errorCode: error.code };
  }
});

// GetTelemetrySubscriptions (v0): which metrics a client should push (KIP-714, ClientMetricsManager). Like Kafka, advertised
// only where telemetry goes somewhere. A client without an id is given one.
import { ErrorCode, KafkaError } from '../../protocol/errors.ts';
import { GetTelemetrySubscriptions } from '../../protocol/messages/get-telemetry-subscriptions.ts';
import { randomUuid, ZERO_UUID } from '../../util/uuid.ts';
import { defineHandler } from './define.ts';
import { attributesOf } from './telemetry-client.ts';

/** By their numbers, the dearest to Kafka first: zstd, lz4, gzip, snappy. */
const ACCEPTED_COMPRESSION_TYPES = [4, 3, 1, 2];

const NOTHING = {
  throttleTimeMs: 0,
  clientInstanceId: ZERO_UUID,
  subscriptionId: 0,
  acceptedCompressionTypes: [],
  pushIntervalMs: 0,
  telemetryMaxBytes: 0,
  deltaTemporality: false,
  requestedMetrics: [],
};

export const getTelemetrySubscriptionsHandler = defineHandler(GetTelemetrySubscriptions, (request, context) => {
  const { telemetry } = context.services;
  const id = request.clientInstanceId === ZERO_UUID ? randomUuid() : request.clientInstanceId;
  const isNew = !telemetry.knows(id);
  try {
    const { id: subscriptionId, metrics, pushIntervalMs } = telemetry.subscribe(id, attributesOf(context, id));
    if (isNew) context.connection.onClose(() => telemetry.forget(id));
    return {
      throttleTimeMs: 0,
      errorCode: ErrorCode.NONE,
      clientInstanceId: id,
      subscriptionId,
      acceptedCompressionTypes: ACCEPTED_COMPRESSION_TYPES,
      pushIntervalMs,
      telemetryMaxBytes: telemetry.maxBytes,
      deltaTemporality: true,
      requestedMetrics: [...metrics],
    };
  } catch (error) {
    if (!(error instanceof KafkaError)) throw error;
    return { ...NOTHING, errorCode: error.code };
  }
});

// Telemetry of clients (ClientMetricsManager, KIP-714): what they are asked for, and where it goes. Kafka hands it to a
// ClientTelemetry plugin and serves nobody without one; here the place is a file.
import { ErrorCode, KafkaError } from '../../protocol/errors.ts';
import type { PushTelemetryRequest } from '../../protocol/messages/push-telemetry.ts';
import { decompress, loadCodec } from '../../protocol/records/compression.ts';
import type { Clock } from '../../util/clock.ts';
import type { Logger } from '../../util/logger.ts';
import { ZERO_UUID } from '../../util/uuid.ts';
import { ClientInstance } from './client-instance.ts';
import { decodeMetrics } from './otlp.ts';
import { type ClientAttributes, type Subscription, subscriptionOf } from './subscriptions.ts';

/** Appends lines, each with its end. */
export type TelemetrySink = (lines: string) => void;

interface Parts {
  readonly clock: Clock;
  readonly logger: Logger;
  /** The configs of each CLIENT_METRICS resource. */
  resources(): Iterable<ReadonlyMap<string, string>>;
  /** Grows with every change of them. */
  version(): number;
  /** telemetry.max.bytes, of a push as it comes. */
  maxBytes(): number;
  /** undefined if telemetry goes nowhere. */
  readonly sink: TelemetrySink | undefined;
}

/** As many as Kafka remembers; who is forgotten is taken in anew. */
const MAX_INSTANCES = 16_384;
const MAX_DECOMPRESSED_BYTES = 64 * 1024 * 1024;
const MAX_CODEC = 4;

export class ClientTelemetry {
  readonly #parts: Parts;
  /** Those that were heard of longest ago come first. */
  readonly #instances = new Map<string, ClientInstance>();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Whether telemetry goes anywhere; clients are only told of it then. */
  get isConfigured(): boolean {
    return this.#parts.sink !== undefined;
  }

  get maxBytes(): number {
    return this.#parts.maxBytes();
  }

  /**
   * What a client should push.
   * @throws KafkaError THROTTLING_QUOTA_EXCEEDED
   */
  subscribe(id: string, attributes: ClientAttributes): Subscription {
    const instance = this.#instance(id, attributes);
    instance.acceptGet(this.#parts.clock.nowMs());
    return instance.subscription;
  }

  /** @throws KafkaError with the number to answer with */
  async push(request: PushTelemetryRequest, attributes: ClientAttributes): Promise<void> {
    const { clientInstanceId, terminating } = request;
    if (clientInstanceId === ZERO_UUID) throw new KafkaError(ErrorCode.INVALID_REQUEST);
    const instance = this.#instance(clientInstanceId, attributes);
    try {
      this.#validate(instance, request);
      await this.#write(instance, request);
      instance.lastError = ErrorCode.NONE;
    } catch (error) {
      if (error instanceof KafkaError) instance.lastError = error.code;
      throw error;
    } finally {
      instance.isTerminating = terminating;
    }
  }

  knows(clientInstanceId: string): boolean {
    return this.#instances.has(clientInstanceId);
  }

  /** A client's connection has ended. */
  forget(clientInstanceId: string): void {
    this.#instances.delete(clientInstanceId);
  }

  #instance(id: string, attributes: ClientAttributes): ClientInstance {
    const { version, resources } = this.#parts;
    const known = this.#instances.get(id);
    const isCurrent = known?.version === version();
    const subscription = isCurrent ? known.subscription : subscriptionOf(resources(), id, attributes);
    const instance = known ?? new ClientInstance(id, attributes, subscription, version());
    if (known && !isCurrent) known.resubscribe(subscription, version());
    this.#instances.delete(id);
    this.#instances.set(id, instance);
    if (this.#instances.size > MAX_INSTANCES) this.#instances.delete(this.#instances.keys().next().value!);
    return instance;
  }

  #validate(instance: ClientInstance, request: PushTelemetryRequest): void {
    instance.acceptPush(this.#parts.clock.nowMs(), request.terminating);
    if (request.subscriptionId !== instance.subscription.id) throw new KafkaError(ErrorCode.UNKNOWN_SUBSCRIPTION_ID);
    if (request.compressionType < 0 || request.compressionType > MAX_CODEC)
      throw new KafkaError(ErrorCode.UNSUPPORTED_COMPRESSION_TYPE);
    if (request.metrics.length > this.maxBytes) throw new KafkaError(ErrorCode.TELEMETRY_TOO_LARGE);
  }

  /** @throws KafkaError INVALID_RECORD if the metrics cannot be read or written */
  async #write({ id, attributes }: ClientInstance, { metrics, compressionType }: PushTelemetryRequest): Promise<void> {
    const { sink, logger } = this.#parts;
    if (sink === undefined || metrics.length === 0) return;
    try {
      await loadCodec(compressionType);
      const bytes = decompress(compressionType, Buffer.from(metrics), MAX_DECOMPRESSED_BYTES);
      const client = { client: id, clientId: attributes.get('client_id') ?? '' };
      const lines = decodeMetrics(bytes).map(({ timeMs, ...point }) => JSON.stringify({ timeMs, ...client, ...point }));
      if (lines.length > 0) sink(`${lines.join('\n')}\n`);
    } catch (error) {
      logger.error(`Error exporting client metrics to the plugin for client instance id: ${id}`, error);
      throw new KafkaError(ErrorCode.INVALID_RECORD);
    }
  }
}

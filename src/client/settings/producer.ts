// Settings of the producer (org.apache.kafka.clients.producer.ProducerConfig).
import { CODEC_NAMES } from '../../protocol/records/compression.ts';
import { ClientCreationError, ConfigError } from '../errors.ts';
import type { SecuritySettings } from '../security/transport.ts';
import { checkedFields } from './checked.ts';
import { commonFields, provided, securityOf } from './common.ts';
import { bool, int, long, nonEmptyText, oneOf, optionalText, parseSettings, type Settings } from './define.ts';

const INT_MAX = 2 ** 31 - 1;
const ROUND_ROBIN = 'org.apache.kafka.clients.producer.RoundRobinPartitioner';
/** More would let the broker lose track of sequences (KAFKA-5494). */
const IDEMPOTENT_MAX_IN_FLIGHT = 5;

const TRANSACTIONS_NEED_IDEMPOTENCE = 'Cannot set a transactional.id without also enabling idempotence.';

const producerFields = {
  ...commonFields,
  ...checkedFields,
  retries: int('retries', INT_MAX, { min: 0, max: INT_MAX }),
  acks: oneOf('acks', ['all', '-1', '0', '1'], 'all'),
  batchSize: int('batch.size', 16_384, { min: 0 }),
  lingerMs: long('linger.ms', 5, { min: 0 }),
  compression: oneOf('compression.type', CODEC_NAMES, 'none'),
  gzipLevel: int('compression.gzip.level', -1, { min: -1, max: 9 }),
  lz4Level: int('compression.lz4.level', 9, { min: 1, max: 17 }),
  zstdLevel: int('compression.zstd.level', 3, { min: -131_072, max: 22 }),
  maxRequestSize: int('max.request.size', 1_048_576, { min: 0 }),
  bufferMemory: long('buffer.memory', 33_554_432, { min: 0 }),
  maxBlockMs: long('max.block.ms', 60_000, { min: 0 }),
  deliveryTimeoutMs: int('delivery.timeout.ms', 120_000, { min: 0 }),
  maxInFlight: int('max.in.flight.requests.per.connection', 5, { min: 1 }),
  idempotence: bool('enable.idempotence', true),
  ignoreKeys: bool('partitioner.ignore.keys', false),
  partitionerClass: optionalText('partitioner.class'),
  transactionalId: nonEmptyText('transactional.id'),
  adaptivePartitioning: bool('partitioner.adaptive.partitioning.enable', true),
  availabilityTimeoutMs: long('partitioner.availability.timeout.ms', 0, { min: 0 }),
  metadataMaxIdleMs: long('metadata.max.idle.ms', 300_000, { min: 5000 }),
  transactionTimeoutMs: int('transaction.timeout.ms', 60_000),
} as const;

export interface ProducerSettings extends Omit<Settings<typeof producerFields>, 'acks'> {
  /** -1 for all. */
  readonly acks: -1 | 0 | 1;
  readonly defaultApiTimeoutMs: number;
  readonly compressionLevel: number | undefined;
  readonly roundRobin: boolean;
  readonly security: SecuritySettings;
}

/** Keys that it does not know are ignored. @throws ConfigError */
export function producerSettings(written: Readonly<Record<string, string>>): ProducerSettings {
  const properties = provided(written);
  const parsed = parseSettings(producerFields, properties);
  const acks = parsed.acks === '0' ? 0 : parsed.acks === '1' ? 1 : -1;
  const { partitionerClass } = parsed;
  if (partitionerClass !== undefined && partitionerClass !== ROUND_ROBIN) {
    const message = `Invalid value ${partitionerClass} for configuration partitioner.class: Class ${partitionerClass} could not be found.`;
    throw new ConfigError(message);
  }
  return {
    ...parsed,
    acks,
    defaultApiTimeoutMs: parsed.maxBlockMs,
    compressionLevel: levelOf(parsed),
    security: securityOf(parsed, properties),
    roundRobin: partitionerClass === ROUND_ROBIN,
    idempotence: idempotence(parsed, acks, 'enable.idempotence' in properties),
    deliveryTimeoutMs: deliveryTimeout(parsed, 'delivery.timeout.ms' in properties),
  };
}

type Parsed = Settings<typeof producerFields>;

function levelOf({ compression, gzipLevel, lz4Level, zstdLevel }: Parsed): number | undefined {
  if (compression === 'gzip') return gzipLevel === -1 ? undefined : gzipLevel;
  if (compression === 'lz4') return lz4Level;
  return compression === 'zstd' ? zstdLevel : undefined;
}

/**
 * On by default; no retries or fewer acknowledgements switch it off, unless it was asked for. More requests in flight
 * than it keeps in order are an error either way since 4.0 (postProcessAndValidateIdempotenceConfigs).
 */
function idempotence(parsed: Parsed, acks: number, asked: boolean): boolean {
  const conflict = !parsed.idempotence
    ? undefined
    : parsed.retries === 0
      ? 'Must set retries to non-zero when using the idempotent producer.'
      : acks !== -1
        ? 'Must set acks to all in order to use the idempotent producer. Otherwise we cannot guarantee idempotence.'
        : undefined;
  if (conflict !== undefined && asked) throw new ConfigError(conflict);
  if (parsed.idempotence && parsed.maxInFlight > IDEMPOTENT_MAX_IN_FLIGHT) {
    const message = `To use the idempotent producer, max.in.flight.requests.per.connection must be set to at most ${IDEMPOTENT_MAX_IN_FLIGHT}. Current value is ${parsed.maxInFlight}.`;
    throw new ConfigError(message);
  }
  const enabled = parsed.idempotence && conflict === undefined;
  if (!enabled && parsed.transactionalId !== undefined) throw new ConfigError(TRANSACTIONS_NEED_IDEMPOTENCE);
  return enabled;
}

/** Never shorter than lingering and one request take; raised silently unless it was asked for (configureDeliveryTimeout). */
function deliveryTimeout({ deliveryTimeoutMs, lingerMs, requestTimeoutMs }: Parsed, asked: boolean): number {
  const least = Math.min(lingerMs + requestTimeoutMs, INT_MAX);
  if (deliveryTimeoutMs >= least) return deliveryTimeoutMs;
  if (!asked) return least;
  // The one conflict that Kafka finds when the producer is made, not when its settings are read.
  const cause = new ConfigError('delivery.timeout.ms should be equal to or larger than linger.ms + request.timeout.ms');
  throw new ClientCreationError('Failed to construct kafka producer', { cause });
}

// Settings of the producer (org.apache.kafka.clients.producer.ProducerConfig).
import { CODEC_NAMES } from '../../protocol/records/compression.ts';
import { isJavasClass, isKafkasClass } from '../../util/java-classes.ts';
import { type Logger, silentLogger } from '../../util/logger.ts';
import { ClientCreationError, ConfigError, KafkaException } from '../errors.ts';
import type { SecuritySettings } from '../security/transport.ts';
import { checkPlugins } from './checked.ts';
import {
  backoffFields,
  bufferFields,
  connectFields,
  fields,
  metricsFields,
  provided,
  providerFields,
  reconciled,
  recoveryFields,
} from './common.ts';
import {
  bool,
  checkedOnly,
  classOf,
  int,
  invalid,
  list,
  long,
  nonEmptyText,
  oneOf,
  parseSettings,
  type SettingField,
  type Settings,
} from './define.ts';
import { securityFields } from './security.ts';

const INT_MAX = 2 ** 31 - 1;
const ROUND_ROBIN = 'org.apache.kafka.clients.producer.RoundRobinPartitioner';
/** More would let the broker lose track of sequences (KAFKA-5494). */
const IDEMPOTENT_MAX_IN_FLIGHT = 5;

const CREATION = 'Failed to construct kafka producer';
const isThere = (className: string): boolean => isJavasClass(className) || isKafkasClass(className);

/** -1 is the level of zlib's own choice. */
const gzipLevel: SettingField<number> = {
  name: 'compression.gzip.level',
  parse(text, logger) {
    const level = int(gzipLevel.name, -1).parse(text, logger);
    if (level === -1 || (level >= 1 && level <= 9)) return level;
    throw invalid(gzipLevel.name, level, 'Value must be between 1 and 9 or equal to -1');
  },
};

const TRANSACTIONS_NEED_IDEMPOTENCE = 'Cannot set a transactional.id without also enabling idempotence.';

const { bootstrapServers, dnsLookup, clientId, requestTimeoutMs, metadataMaxAgeMs } = fields;
const producerFields = {
  bootstrapServers,
  dnsLookup,
  bufferMemory: long('buffer.memory', 33_554_432, { min: 0 }),
  retries: int('retries', INT_MAX, { min: 0, max: INT_MAX }),
  acks: oneOf('acks', ['all', '-1', '0', '1'], 'all'),
  compression: oneOf('compression.type', CODEC_NAMES, 'none'),
  gzipLevel,
  lz4Level: int('compression.lz4.level', 9, { min: 1, max: 17 }),
  zstdLevel: int('compression.zstd.level', 3, { min: -131_072, max: 22 }),
  batchSize: int('batch.size', 16_384, { min: 0 }),
  adaptivePartitioning: bool('partitioner.adaptive.partitioning.enable', true),
  availabilityTimeoutMs: long('partitioner.availability.timeout.ms', 0, { min: 0 }),
  ignoreKeys: bool('partitioner.ignore.keys', false),
  lingerMs: long('linger.ms', 5, { min: 0 }),
  deliveryTimeoutMs: int('delivery.timeout.ms', 120_000, { min: 0 }),
  clientId,
  ...bufferFields,
  maxRequestSize: int('max.request.size', 1_048_576, { min: 0 }),
  ...backoffFields,
  maxBlockMs: long('max.block.ms', 60_000, { min: 0 }),
  requestTimeoutMs,
  metadataMaxAgeMs,
  metadataMaxIdleMs: long('metadata.max.idle.ms', 300_000, { min: 5000 }),
  ...metricsFields,
  maxInFlight: int('max.in.flight.requests.per.connection', 5, { min: 1 }),
  ...connectFields,
  partitionerClass: classOf('partitioner.class', (name) => name === ROUND_ROBIN || isThere(name)),
  interceptors: list('interceptor.classes', []),
  ...securityFields,
  idempotence: bool('enable.idempotence', true),
  transactionTimeoutMs: int('transaction.timeout.ms', 60_000),
  transactionalId: nonEmptyText('transactional.id'),
  ...checkedOnly(bool('transaction.two.phase.commit.enable', false)),
  ...recoveryFields,
  ...providerFields,
} as const;

export interface ProducerSettings extends Omit<Settings<typeof producerFields>, 'acks'> {
  /** -1 for all. */
  readonly acks: -1 | 0 | 1;
  readonly bootstrapControllers: readonly string[];
  readonly defaultApiTimeoutMs: number;
  readonly compressionLevel: number | undefined;
  readonly roundRobin: boolean;
  readonly security: SecuritySettings;
}

/** Keys that it does not know are ignored. @throws ConfigError, ClientCreationError for what the producer itself refuses */
export function producerSettings(
  written: Readonly<Record<string, string>>,
  logger: Logger = silentLogger,
): ProducerSettings {
  const properties = provided(written);
  const parsed = reconciled(parseSettings(producerFields, properties, logger), properties, logger);
  const acks = parsed.acks === '0' ? 0 : parsed.acks === '1' ? 1 : -1;
  const idempotent = idempotence(parsed, acks, 'enable.idempotence' in properties);
  checkClasses(parsed);
  return {
    ...parsed,
    acks,
    bootstrapControllers: [],
    defaultApiTimeoutMs: parsed.maxBlockMs,
    compressionLevel: levelOf(parsed),
    roundRobin: parsed.partitionerClass === ROUND_ROBIN,
    idempotence: idempotent,
    deliveryTimeoutMs: deliveryTimeout(parsed, 'delivery.timeout.ms' in properties, logger),
  };
}

/** What the producer makes of its classes when it is made itself. @throws ClientCreationError */
function checkClasses({ partitionerClass, metricReporters, interceptors }: Parsed): void {
  checkPlugins(metricReporters, CREATION);
  if (partitionerClass !== undefined && partitionerClass !== ROUND_ROBIN)
    throw new ClientCreationError(CREATION, {
      cause: new KafkaException(
        `class ${partitionerClass} is not an instance of org.apache.kafka.clients.producer.Partitioner`,
      ),
    });
  checkPlugins(interceptors, CREATION);
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

/** Never shorter than lingering and one request take; raised unless it was asked for (configureDeliveryTimeout). */
function deliveryTimeout(
  { deliveryTimeoutMs, lingerMs, requestTimeoutMs, clientId }: Parsed,
  asked: boolean,
  logger: Logger,
): number {
  const least = Math.min(lingerMs + requestTimeoutMs, INT_MAX);
  if (deliveryTimeoutMs >= least) return deliveryTimeoutMs;
  const rule = 'delivery.timeout.ms should be equal to or larger than linger.ms + request.timeout.ms';
  if (!asked) {
    logger.warn(`[Producer clientId=${clientId || 'producer-1'}] ${rule}. Setting it to ${least}.`);
    return least;
  }
  // The one conflict that Kafka finds when the producer is made, not when its settings are read.
  throw new ClientCreationError(CREATION, { cause: new ConfigError(rule) });
}

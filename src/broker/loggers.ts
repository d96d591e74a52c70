// The loggers of a broker and their levels (KIP-412, org.apache.kafka.server.logger.LoggingController). Each part of the
// broker writes through a logger that has the name of Kafka's class for the same work.
import { ErrorCode, KafkaError } from '../protocol/errors.ts';
import { hashMapOrder, javaStringHash } from '../util/java-hash.ts';
import { type Logger, oneLine } from '../util/logger.ts';
import { AlterOperation, type ConfigAlteration } from './config/alter.ts';
import { type ConfigEntry, ConfigSource } from './config/entries.ts';

/** Levels of log4j, the least important first. */
const LEVELS = ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL'] as const;
export type LogLevel = (typeof LEVELS)[number];

/** Who writes lines under which name. */
export const LoggerName = {
  ROOT: 'root',
  NETWORK: 'kafka.network.SocketServer',
  LOGS: 'kafka.log.LogManager',
  REPLICAS: 'kafka.server.ReplicaManager',
  REQUESTS: 'kafka.server.KafkaApis',
  AUTHORIZER: 'kafka.authorizer.logger',
  SERVER: 'kafka.server.KafkaRaftServer',
  GROUPS: 'org.apache.kafka.coordinator.group.GroupCoordinatorService',
  SHARES: 'org.apache.kafka.coordinator.share.ShareCoordinatorService',
  TRANSACTIONS: 'kafka.coordinator.transaction.TransactionCoordinator',
} as const;

/** Denials are told whatever the root's level, as Kafka's log4j2.yaml has it. */
const FIRST_LEVELS: ReadonlyMap<string, LogLevel> = new Map([[LoggerName.AUTHORIZER, 'INFO']]);

export class Loggers {
  readonly #sink: Logger;
  /** Levels that loggers have of their own; the others have that of the root. */
  readonly #levels = new Map(FIRST_LEVELS);
  readonly #firstRootLevel: LogLevel;
  #rootLevel: LogLevel;

  /** @param sink gets what the levels let through */
  constructor(sink: Logger, rootLevel: LogLevel) {
    this.#sink = sink;
    this.#firstRootLevel = rootLevel;
    this.#rootLevel = rootLevel;
  }

  /** A logger whose level can be changed while it is in use. */
  named(name: string): Logger {
    const sink = this.#sink.named?.(name) ?? this.#sink;
    const passes = (level: LogLevel) => LEVELS.indexOf(level) >= LEVELS.indexOf(this.#levelOf(name));
    return {
      error: (message, cause) => passes('ERROR') && sink.error(oneLine(message), cause),
      warn: (message) => passes('WARN') && sink.warn(oneLine(message)),
      info: (message) => passes('INFO') && sink.info(oneLine(message)),
      debug: (message) => passes('DEBUG') && sink.debug(oneLine(message)),
      isDebugEnabled: () => passes('DEBUG'),
    };
  }

  /** DescribeConfigs of the loggers. @param names null or none = all */
  describe(names: readonly string[] | null): ConfigEntry[] {
    const all = hashMapOrder(Object.values(LoggerName), javaStringHash);
    return all.filter((name) => !names?.length || names.includes(name)).map((name) => this.#entry(name));
  }

  /**
   * IncrementalAlterConfigs of the loggers: all changes or none.
   * @throws KafkaError with Kafka's code and text (RuntimeLoggerManager)
   */
  alter(alterations: readonly ConfigAlteration[], validateOnly: boolean): void {
    const changes = alterations.map((alteration) => [alteration.name, newLevel(alteration)] as const);
    if (validateOnly) return;
    for (const [name, level] of changes) {
      if (level === undefined) this.#levels.delete(name);
      else if (name === LoggerName.ROOT) this.#rootLevel = level;
      else this.#levels.set(name, level);
    }
  }

  /** Takes back all that was altered. */
  reset(): void {
    this.#levels.clear();
    for (const [name, level] of FIRST_LEVELS) this.#levels.set(name, level);
    this.#rootLevel = this.#firstRootLevel;
  }

  #levelOf(name: string): LogLevel {
    return this.#levels.get(name) ?? this.#rootLevel;
  }

  #entry(name: string): ConfigEntry {
    return {
      name,
      value: this.#levelOf(name),
      readOnly: false,
      isDefault: false,
      configSource: ConfigSource.DYNAMIC_BROKER_LOGGER,
      isSensitive: false,
      synonyms: [],
      configType: 0,
      documentation: '',
    };
  }
}

/** The level that a change sets; undefined where it takes one away. @throws KafkaError with Kafka's code and text */
function newLevel({ name, configOperation, value }: ConfigAlteration): LogLevel | undefined {
  if (configOperation === AlterOperation.APPEND || configOperation === AlterOperation.SUBTRACT) {
    const word = configOperation === AlterOperation.APPEND ? 'APPEND' : 'SUBTRACT';
    throw new KafkaError(ErrorCode.INVALID_REQUEST, `${word} operation is not allowed for the BROKER_LOGGER resource`);
  }
  if (!Object.values<string>(LoggerName).includes(name))
    throw new KafkaError(ErrorCode.INVALID_CONFIG, `Logger ${name} does not exist!`);
  if (configOperation === AlterOperation.DELETE) {
    if (name !== LoggerName.ROOT) return undefined;
    throw new KafkaError(ErrorCode.INVALID_REQUEST, 'Removing the log level of the root logger is not allowed');
  }
  const level = LEVELS.find((known) => known === value);
  if (level !== undefined) return level;
  const message = `Cannot set the log level of ${name} to ${value} as it is not a supported log level. Valid log levels are ${[...LEVELS].sort().join(', ')}`;
  throw new KafkaError(ErrorCode.INVALID_CONFIG, message);
}

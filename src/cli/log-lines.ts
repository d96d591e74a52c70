import type { FormatterLog } from '../tools/console-consumer/formatter.ts';
import type { Logger } from '../util/logger.ts';
import type { Output } from './output.ts';

const two = (n: number): string => String(n).padStart(2, '0');

/** A time as log4j prints it, in local time: `2026-01-31 12:00:00,123`. */
export function logTime(date: Date): string {
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  const time = `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
  return `${day} ${time},${String(date.getMilliseconds()).padStart(3, '0')}`;
}

/** A line as the log4j configuration of Kafka's tools prints it: `[time] LEVEL text (logger)`. */
export const logLine = (
  level: 'DEBUG' | 'INFO' | 'WARN' | 'ERROR' | 'FATAL',
  text: string,
  logger: string,
  now = new Date(),
): string => `[${logTime(now)}] ${level} ${text} (${logger})`;

const RESOLVER = 'org.apache.kafka.clients.ClientUtils';
const METADATA_MANAGER = 'org.apache.kafka.clients.admin.internals.AdminMetadataManager';
const REFUSED_LOGIN = /^(\[AdminClient clientId=.*?\]).* failed authentication due to: /;
const isAboutLogin = (message: string): boolean => message.includes(' failed authentication due to: ');
const SENDER = 'org.apache.kafka.clients.producer.internals.Sender';
const isAboutProduce = (message: string): boolean =>
  / Got error produce response | error in produce request on partition /.test(message);
const CONFIGS = 'org.apache.kafka.clients.CommonClientConfigs';
const isAboutSettings = (message: string): boolean =>
  /^Disabling exponential reconnect backoff|^Configuration '.* A static /.test(message);
const DEFINITIONS = 'org.apache.kafka.common.config.ConfigDef';
const isAboutList = (message: string): boolean => message.startsWith('Configuration key ');
const ADMIN = 'org.apache.kafka.clients.admin.KafkaAdminClient';
const PRODUCER = 'org.apache.kafka.clients.producer.KafkaProducer';
const isAboutDelivery = (message: string): boolean => message.includes('] delivery.timeout.ms should be ');
const isAboutMetadata = (message: string): boolean =>
  message.endsWith('] Fatal error during metadata update') || message.includes('] The remote node is not a BROKER ');
const isAboutCoordinator = (message: string): boolean =>
  /\] (JoinGroup failed|LeaveGroup request with|SyncGroup failed|Caught fenced|Offset commit failed on|Not authorized to commit|A?[Ss]ynchronous auto-commit of)\b/.test(
    message,
  );
const isAboutPartition = (message: string): boolean =>
  / error in fetch for partition \S+\.$|\] (Not authorized to read from partition|Unknown server error while fetching) /.test(
    message,
  );
const isAboutNames = (message: string): boolean => message.startsWith("Couldn't resolve server");

/**
 * A logger for the client that a command uses: warnings and errors go to standard error as Kafka's tools print them, less
 * important lines go nowhere. The names are of the Java classes that Kafka's lines would name.
 */
export const toolLogger = (
  output: Output,
  name = 'org.apache.kafka.clients.NetworkClient',
  errorName = 'org.apache.kafka.clients.Metadata',
): Logger => ({
  error: (message) =>
    output.warn(logLine('ERROR', message, failedBy(message) ?? (isAboutLogin(message) ? name : errorName))),
  warn: (message, cause) => {
    output.warn(logLine('WARN', message, warnedBy(message) ?? name));
    if (cause !== undefined) output.warn(causes(cause));
  },
  info: () => {},
  debug: () => {},
});

const CONSUMER_INTERNALS = 'org.apache.kafka.clients.consumer.internals';

function failedBy(message: string): string | undefined {
  if (message.startsWith('Modification time of key store '))
    return 'org.apache.kafka.common.security.ssl.DefaultSslEngineFactory';
  if (isAboutCoordinator(message)) return `${CONSUMER_INTERNALS}.ConsumerCoordinator`;
  if (message.includes('] OffsetCommit failed ')) return `${CONSUMER_INTERNALS}.CommitRequestManager`;
  const kind = message.startsWith('[ShareConsumer ') ? 'Share' : 'Consumer';
  if (message.includes('GroupHeartbeatRequest failed due to '))
    return `${CONSUMER_INTERNALS}.${kind}HeartbeatRequestManager`;
  return message.endsWith(' transitioned to fatal state')
    ? `${CONSUMER_INTERNALS}.${kind}MembershipManager`
    : undefined;
}

const isAboutFetch = (message: string): boolean =>
  /^\[Consumer .*\] (Received .* error in fetch for partition |Not authorized to read from partition |Unknown server error while fetching )/.test(
    message,
  );

function warnedBy(message: string): string | undefined {
  if (isAboutMetadata(message)) return METADATA_MANAGER;
  if (message.includes('] Heartbeat to leave group cannot be sent '))
    return `${CONSUMER_INTERNALS}.${message.startsWith('[ShareConsumer ') ? 'Share' : 'Consumer'}MembershipManager`;
  if (isAboutCoordinator(message)) return `${CONSUMER_INTERNALS}.ConsumerCoordinator`;
  if (message.includes('] Auto-commit of offsets ')) return `${CONSUMER_INTERNALS}.CommitRequestManager`;
  if (message.endsWith('] Synchronous auto-commit failed')) return `${CONSUMER_INTERNALS}.AsyncKafkaConsumer`;
  if (message.startsWith('[ShareConsumer ') && isAboutPartition(message))
    return `${CONSUMER_INTERNALS}.ShareFetchCollector`;
  if (isAboutFetch(message)) return `${CONSUMER_INTERNALS}.FetchCollector`;
  if (message.includes('] Attempt to fetch offsets for partition ')) return `${CONSUMER_INTERNALS}.OffsetFetcherUtils`;
  if (isAboutNames(message)) return RESOLVER;
  if (isAboutSettings(message)) return CONFIGS;
  if (isAboutList(message)) return DEFINITIONS;
  if (isAboutDelivery(message)) return PRODUCER;
  if (message.includes('] Overriding the default value for default.api.timeout.ms ')) return ADMIN;
  return isAboutProduce(message) ? SENDER : undefined;
}

/**
 * A logger that keeps the first warning of a topic that is not there to itself: brokers say so of one that they create for
 * the request, which is nothing that somebody who writes to a new topic has to know.
 */
export const withoutCreation = (logger: Logger): Logger => ({
  ...logger,
  warn(message) {
    if (!/ with correlation id 1 : \{.*=UNKNOWN_TOPIC_OR_PARTITION\}$/.test(message)) logger.warn(message);
  },
});

/**
 * The same for an admin client that Kafka's tools would have: with its line besides for a login that is refused, and with the
 * lines of its parts, which a person is told by the failure itself.
 */
export function adminLogger(output: Output): Logger {
  const logger = toolLogger(output);
  return {
    ...logger,
    named: (part) => toolLogger(output, part, part),
    error(message) {
      logger.error(message);
      const [, label] = REFUSED_LOGIN.exec(message) ?? [];
      if (label) output.warn(logLine('WARN', `${label} Fatal error during metadata update`, METADATA_MANAGER));
    },
  };
}

/** An error and what caused it, a line each, as Java prints them above the stack. */
export function causes(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined;
  return cause === undefined ? String(error) : `${error}\nCaused by: ${causes(cause)}`;
}

/** What formatters and deserializers log, as the console consumers print it. */
export const formatterLog =
  (output: Output): FormatterLog =>
  (level, text, logger, cause) => {
    output.warn(logLine(level, text, logger));
    if (cause) output.warn(causes(cause));
  };

// What goes wrong on the client's own side. Everything that a broker could answer is a KafkaError, and so are a lost
// connection (NETWORK_EXCEPTION) and time running out (REQUEST_TIMED_OUT): callers need to know one class.
import { ErrorCode, KafkaError } from '../protocol/errors.ts';

/** A setting of the client has a value that it cannot have. The text is that of Kafka's ConfigException. */
export class ConfigError extends Error {
  override name = 'ConfigError';

  override toString(): string {
    return `org.apache.kafka.common.config.ConfigException: ${this.message}`;
  }
}

/** What Kafka throws where it has no name for it. */
export class KafkaException extends Error {
  override name = 'KafkaException';

  override toString(): string {
    return `org.apache.kafka.common.KafkaException: ${this.message}`;
  }
}

/** What lies between a client and its brokers cannot be set up (ClientUtils.createNetworkClient): `cause` says why. */
export class NetworkClientError extends KafkaException {
  override name = 'NetworkClientError';

  constructor(cause: unknown) {
    super('Failed to create new NetworkClient', { cause });
  }
}

class ClassNotFoundException extends Error {
  override toString(): string {
    return `java.lang.ClassNotFoundException: ${this.message}`;
  }
}

/** A Java class that a setting names: there is none here but Kafka's own. */
export const noSuchClass = (className: string, message: string): KafkaException =>
  new KafkaException(message, { cause: new ClassNotFoundException(className) });

/** A client cannot be made; `cause` says why. Kafka's message names only the client. */
export class ClientCreationError extends Error {
  override name = 'ClientCreationError';

  override toString(): string {
    return `org.apache.kafka.common.KafkaException: ${this.message}`;
  }
}

/** Time ran out on this side; `cause` is the last failure met while trying. */
export class TimeoutError extends KafkaError {
  override name = 'TimeoutError';

  constructor(message: string, cause?: unknown) {
    super(ErrorCode.REQUEST_TIMED_OUT, message);
    if (cause !== undefined) this.cause = cause;
  }
}

/** A producer that no record can be written with: what writes them ends, where another error may concern one record alone. */
export class UnusableProducerError extends KafkaError {
  override name = 'UnusableProducerError';
  readonly #javaClass: string;

  constructor(javaClass: string, message: string) {
    super(ErrorCode.INVALID_CONFIG, message);
    this.#javaClass = javaClass;
  }

  override toString(): string {
    return `${this.#javaClass}: ${this.message}`;
  }
}

/**
 * Why there is no connection: nothing listens (`refused`), the name does not resolve (`dns`), no answer to the attempt
 * (`unreachable`), the TLS handshake failed for a reason that stays (`handshake`), TLS (`tls`) or SASL (`sasl`) is wanted there, what answers is not Kafka (`not-kafka`), the broker went
 * away (`closed`).
 */
export type ConnectionFailure =
  | 'refused'
  | 'dns'
  | 'unreachable'
  | 'handshake'
  | 'tls'
  | 'sasl'
  | 'not-kafka'
  | 'closed';

/** No connection to a broker, or not any more. The message names the broker and says what to do. */
export class ConnectionError extends KafkaError {
  override name = 'ConnectionError';
  readonly failure: ConnectionFailure;
  /** Trying again cannot help: Kafka's AuthenticationException. */
  readonly isFinal: boolean;

  constructor(failure: ConnectionFailure, message: string, cause?: unknown) {
    super(ErrorCode.NETWORK_EXCEPTION, message);
    this.failure = failure;
    this.isFinal = failure === 'handshake';
    if (cause !== undefined) this.cause = cause;
  }
}

/** A broker that has no version of a request that this client could use. */
export class UnsupportedVersionError extends KafkaError {
  override name = 'UnsupportedVersionError';

  constructor(message: string) {
    super(ErrorCode.UNSUPPORTED_VERSION, message);
  }
}

/** A broker's answer that is not asked for again, though the same error may pass elsewhere. */
export class AnswerError extends KafkaError {
  override name = 'AnswerError';
}

/** A broker's answer that is asked for again, though Kafka has no such rule for the error elsewhere. */
export class PassingError extends KafkaError {
  override name = 'PassingError';

  override get retriable(): boolean {
    return true;
  }
}

/** What a client is to log in with cannot be used. The text is that of Kafka's IllegalArgumentException where it has one. */
export class LoginSetupError extends Error {
  override name = 'LoginSetupError';

  override toString(): string {
    return `java.lang.IllegalArgumentException: ${this.message}`;
  }
}

/** A broker does not let this client in, or is not the one it should be. Trying again does not help. */
export class AuthenticationError extends KafkaError {
  override name = 'AuthenticationError';
  /** A line on what to do about it. */
  readonly advice: string;

  constructor(code: number, message: string | null, advice: string) {
    super(code, message);
    this.advice = advice;
  }
}

/** @returns undefined for code 0 */
export function errorOf(code: number, message?: string | null): KafkaError | undefined {
  return code === ErrorCode.NONE ? undefined : new KafkaError(code, message);
}

/** @throws KafkaError unless code is 0; Calls tries again if it is retriable */
export function throwIfError(code: number, message?: string | null): void {
  if (code !== ErrorCode.NONE) throw new KafkaError(code, message);
}

/** @throws AnswerError unless code is 0 */
export function refuseIfError(code: number, message?: string | null): void {
  if (code !== ErrorCode.NONE) throw new AnswerError(code, message);
}

const OURS = [TimeoutError, ConnectionError, AuthenticationError, UnsupportedVersionError];

/** Whether a broker said so: not the way to it, nor the time. */
export function isAnswer(error: unknown): error is KafkaError {
  return error instanceof KafkaError && !OURS.some((kind) => error instanceof kind);
}

/** A failure of any kind as the KafkaError that stands for one item of many. */
export function asKafkaError(error: unknown): KafkaError {
  if (error instanceof KafkaError) return error;
  const wrapped = new KafkaError(
    ErrorCode.UNKNOWN_SERVER_ERROR,
    error instanceof Error ? error.message : String(error),
  );
  wrapped.cause = error;
  return wrapped;
}

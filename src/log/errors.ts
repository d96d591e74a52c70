// What the log refuses, with the numbers of org.apache.kafka.common.protocol.Errors. The protocol's error table has all
// of them; the log may not import it and needs only these.

export const LogErrorCode = {
  OFFSET_OUT_OF_RANGE: 1,
  CORRUPT_MESSAGE: 2,
  MESSAGE_TOO_LARGE: 10,
  INVALID_TOPIC_EXCEPTION: 17,
  RECORD_LIST_TOO_LARGE: 18,
  INVALID_TIMESTAMP: 32,
  UNSUPPORTED_FOR_MESSAGE_FORMAT: 43,
  OUT_OF_ORDER_SEQUENCE_NUMBER: 45,
  INVALID_PRODUCER_EPOCH: 47,
  INVALID_TXN_STATE: 48,
  TRANSACTION_COORDINATOR_FENCED: 52,
  KAFKA_STORAGE_ERROR: 56,
  UNSUPPORTED_COMPRESSION_TYPE: 76,
  INVALID_RECORD: 87,
  INCONSISTENT_TOPIC_ID: 103,
} as const;

export type LogErrorCode = (typeof LogErrorCode)[keyof typeof LogErrorCode];

/** One record that made its batch be refused: an entry of ProduceResponse.recordErrors (KIP-467). */
export interface BatchIndexError {
  batchIndex: number;
  message: string;
}

export class LogError extends Error {
  override name = 'LogError';
  /** Kafka's error code. */
  readonly code: LogErrorCode;
  /** Which records were at fault, where single ones were. */
  readonly recordErrors: readonly BatchIndexError[];

  constructor(
    code: LogErrorCode,
    message: string,
    options: ErrorOptions & { recordErrors?: readonly BatchIndexError[] } = {},
  ) {
    super(message, options);
    this.code = code;
    this.recordErrors = options.recordErrors ?? [];
  }
}

// What is wrong with a record batch, in Kafka's words. The log and the broker turn the kind into an error code.

/**
 * - `corrupt`: the bytes are damaged (Kafka's CorruptRecordException, CORRUPT_MESSAGE)
 * - `invalid`: undamaged, but not allowed or not a record (InvalidRecordException, INVALID_RECORD)
 * - `unsupported`: a message format other than version 2 (UNSUPPORTED_FOR_MESSAGE_FORMAT)
 * - `unsupported-compression`: a codec number without a codec (UNSUPPORTED_COMPRESSION_TYPE)
 * - `too-large`: decompresses to more than the bound given (no class in Kafka; INVALID_RECORD fits)
 */
export type RecordErrorKind = 'corrupt' | 'invalid' | 'unsupported' | 'unsupported-compression' | 'too-large';

export class RecordError extends Error {
  override name = 'RecordError';
  readonly kind: RecordErrorKind;

  constructor(kind: RecordErrorKind, message: string, options?: ErrorOptions) {
    super(message, options);
    this.kind = kind;
  }
}

/** Kafka error codes that configuration answers with (org.apache.kafka.common.protocol.Errors). */
export const ConfigErrorCode = {
  INVALID_CONFIG: 40,
  INVALID_REQUEST: 42,
} as const;

/** A configuration that is refused: `code` is Kafka's error code, `message` Kafka's text for it. */
export class ConfigError extends Error {
  readonly code: number;

  constructor(message: string, code: number = ConfigErrorCode.INVALID_CONFIG) {
    super(message);
    this.name = 'ConfigError';
    this.code = code;
  }
}

/** A configuration that Kafka refuses, by the name of Java's exception. */
export class KafkaConfigError extends Error {
  readonly javaClass: string;

  constructor(javaClass: string, message: string) {
    super(message);
    this.name = 'KafkaConfigError';
    this.javaClass = javaClass;
  }
}

/** Scala's require. */
export const unmet = (message: string): KafkaConfigError =>
  new KafkaConfigError('java.lang.IllegalArgumentException', `requirement failed: ${message}`);

export const configException = (message: string): KafkaConfigError =>
  new KafkaConfigError('org.apache.kafka.common.config.ConfigException', message);

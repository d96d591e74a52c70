/** What Kafka's consumer throws on its own account, with the class that its scripts name. */
export class ConsumerError extends Error {
  override name = 'ConsumerError';
  readonly javaClass: string;

  constructor(javaClass: string, message: string) {
    super(message);
    this.javaClass = javaClass;
  }

  override toString(): string {
    return `${this.javaClass}: ${this.message}`;
  }
}

/** An error that Kafka's consumer has no class for. */
export const kafkaException = (message: string): ConsumerError =>
  new ConsumerError('org.apache.kafka.common.KafkaException', message);

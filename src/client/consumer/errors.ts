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

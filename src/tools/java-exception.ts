/** An error that Kafka's scripts show with the name of its Java class in front. */
export class JavaException extends Error {
  readonly javaClass: string;

  constructor(javaClass: string, message = '') {
    super(message);
    this.name = 'JavaException';
    this.javaClass = javaClass;
  }

  override toString(): string {
    return this.message === '' ? this.javaClass : `${this.javaClass}: ${this.message}`;
  }
}

/** An error as Java prints it, `class: message`: KafkaError and the client's errors know their class. */
export const exceptionText = (error: unknown): string => String(error);

/** An error that Kafka's scripts show with the name of its Java class in front. */
export class JavaException extends Error {
  readonly javaClass: string;

  constructor(javaClass: string, message = '', options?: ErrorOptions) {
    super(message, options);
    this.name = 'JavaException';
    this.javaClass = javaClass;
  }

  override toString(): string {
    return this.message === '' ? this.javaClass : `${this.javaClass}: ${this.message}`;
  }
}

/** What waiting for an answer throws in Java. */
export function executionException(error: Error): JavaException {
  return Object.assign(new JavaException('java.util.concurrent.ExecutionException', String(error)), { cause: error });
}

/** An argument that Java's code will not have. */
export const illegalArgument = (message: string): JavaException =>
  new JavaException('java.lang.IllegalArgumentException', message);

/** An error as Java prints it, `class: message`: KafkaError and the client's errors know their class. */
export const exceptionText = (error: unknown): string => String(error);

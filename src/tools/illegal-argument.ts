/** An argument that cannot be: Kafka's scripts answer it with the message and their option table. */
export class IllegalArgument extends Error {
  override name = 'IllegalArgument';
}

import { JavaException } from './java-exception.ts';

/** What the scripts throw when they cannot do what they were asked to do. */
export const commandFailed = (message: string): JavaException =>
  new JavaException('org.apache.kafka.tools.AdminCommandFailedException', message);

/** What the scripts throw at input that they cannot use. */
export const operationFailed = (message: string): JavaException =>
  new JavaException('org.apache.kafka.tools.AdminOperationException', message);

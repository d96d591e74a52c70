import { AuthenticationError, ConnectionError } from '../client/errors.ts';
import { ErrorCode, KafkaError } from '../protocol/errors.ts';
import { IllegalArgument } from '../tools/illegal-argument.ts';
import { executionException, JavaException } from '../tools/java-exception.ts';
import { PropertiesFileError } from './command-config.ts';
import type { Compat } from './compat.ts';

/** An error and what led to it, the innermost last. */
function chain(error: unknown): Error[] {
  return error instanceof Error ? [error, ...chain(error.cause)] : [];
}

function takeWhile<T>(items: readonly T[], holds: (item: T) => boolean): readonly T[] {
  const end = items.findIndex((item) => !holds(item));
  return end < 0 ? items : items.slice(0, end);
}

/** The error as one that the cluster answered, or that stands for no answer; undefined if it is neither. */
export const clusterError = (error: Error): KafkaError | undefined => (error instanceof KafkaError ? error : undefined);

/** The error as a script meets it that waits for a call: what the cluster answers is wrapped, under Kafka's rules. */
export const asFutures = (error: Error, compat: Compat): Error =>
  compat.manner === 'kafka' && clusterError(error) ? executionException(error) : error;

/** What Java prints below the message of an exception with causes: a line for each, up to ktool's own reasons. */
export const causedBy = (error: Error): string =>
  takeWhile(chain(error.cause), (cause) => !(cause instanceof ConnectionError))
    .map((cause) => `Caused by: ${cause}\n`)
    .join('');

/**
 * What a person can do about a failure, for standard error, under ktool's own name: why there is no connection to a broker, or no login.
 * Empty when there is nothing to add to the message, or everything is to be Kafka's.
 */
export function advice(error: Error, compat: Compat): string {
  if (!compat.hints) return '';
  const refused = chain(error).find((cause) => cause instanceof AuthenticationError);
  if (refused !== undefined) return `${refused.advice}\n`;
  const connection = chain(error).find((cause) => cause instanceof ConnectionError);
  if (connection === undefined || error.message.includes(connection.message)) return '';
  return `${asTyped(connection.message, compat)}\n`;
}

/** Commands as they are typed where Kafka's scripts are what there is. */
const asTyped = (text: string, { manner }: Compat): string =>
  manner === 'script'
    ? text
        .replaceAll(/\bktool (acls|groups|topics)\b/g, 'kafka-$1.sh')
        .replaceAll('ktool server start', 'kafka-server-start.sh config/server.properties')
    : text;

/** The message of a failure for a program: with the reason why there is no connection, which people are told beside it. */
export function wholeMessage(error: Error): string {
  const connection = chain(error).find((cause) => cause instanceof ConnectionError);
  if (connection === undefined || error.message.includes(connection.message)) return error.message;
  return `${error.message}: ${connection.message}`;
}

const REFUSED = 'Who may what: ktool acls --list. Log in as somebody else with --command-config FILE';

/** What helps most people who meet an error of the cluster, by its code. */
const HINTS: ReadonlyMap<number, string> = new Map([
  [
    ErrorCode.INVALID_REPLICATION_FACTOR,
    'There are fewer brokers than that: leave --replication-factor out, or give 1. To test with several: ktool server start --brokers 3',
  ],
  [ErrorCode.TOPIC_ALREADY_EXISTS, 'If the topic as it is will do, add --if-not-exists.'],
  [
    ErrorCode.TOPIC_DELETION_DISABLED,
    'The broker was started with delete.topic.enable=false: without that line in server.properties topics can be deleted.',
  ],
  [ErrorCode.GROUP_ID_NOT_FOUND, 'To see the groups there are: --list'],
  [
    ErrorCode.SECURITY_DISABLED,
    `For access rules these two lines are needed in server.properties, with everybody in the second who may do all (without a login that is ANONYMOUS):
  authorizer.class.name=org.apache.kafka.metadata.authorizer.StandardAuthorizer
  super.users=User:ANONYMOUS`,
  ],
  [ErrorCode.UNKNOWN_TOPIC_OR_PARTITION, 'See which there are: ktool topics --list'],
  [ErrorCode.NON_EMPTY_GROUP, 'Stop its members first; who they are: ktool groups --list, then --describe --members'],
  [
    ErrorCode.DELEGATION_TOKEN_AUTH_DISABLED,
    'It has none unless its server.properties says delegation.token.secret.key',
  ],
  [ErrorCode.TOPIC_AUTHORIZATION_FAILED, REFUSED],
  [ErrorCode.GROUP_AUTHORIZATION_FAILED, REFUSED],
  [ErrorCode.CLUSTER_AUTHORIZATION_FAILED, REFUSED],
]);

/** What to do about an error of the cluster; empty where there is nothing to add to its message. */
export const hintFor = (code: number): string => HINTS.get(code) ?? '';

/** What to do about an error of the cluster, or of a file of settings; empty where there is nothing to add, or everything is to be Kafka's. */
export function hint(error: Error, compat: Compat): string {
  if (!compat.hints) return '';
  const file = chain(error).find((cause) => cause instanceof PropertiesFileError);
  if (file?.advice) return `${file.advice}\n`;
  const code = chain(error).find((cause) => cause instanceof KafkaError)?.code;
  const text = code === undefined ? '' : hintFor(code);
  return text && `${asTyped(text, compat)}\n`;
}

/** The message of a failure with what led to it: what scripts print of a client that cannot be made. */
export const setupText = (error: Error): string => {
  const [, cause] = chain(error);
  return `${error.message}\n${cause ? causedBy(cause) : ''}`;
};

/** As Java reports an exception that nobody caught; a message of ktool's own stands for itself. */
export function uncaught(error: Error): { readonly stderr: string } {
  if (error.constructor === Error) return { stderr: `${error.message}\n` };
  const thrown =
    error instanceof IllegalArgument ? new JavaException('java.lang.IllegalArgumentException', error.message) : error;
  return { stderr: `Exception in thread "main" ${thrown}\n${causedBy(thrown)}` };
}

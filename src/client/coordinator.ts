// Which broker coordinates a group or a transactional id (FindCoordinator; v4 asks for several keys at once, older
// versions for one).
import { ErrorCode } from '../protocol/errors.ts';
import { FindCoordinator } from '../protocol/messages/find-coordinator.ts';
import type { Node } from './admin/types.ts';
import type { Broker } from './broker-link.ts';
import { AnswerError, isAnswer, throwIfError } from './errors.ts';

/** FindCoordinatorRequest.CoordinatorType. */
export const CoordinatorType = { GROUP: 0, TRANSACTION: 1 } as const;
export type CoordinatorType = (typeof CoordinatorType)[keyof typeof CoordinatorType];

/**
 * @param refusal what to say of a group or transactional id that may not be described
 * @throws KafkaError COORDINATOR_NOT_AVAILABLE (retriable) while there is none
 */
export async function findCoordinator(
  broker: Broker,
  keyType: CoordinatorType,
  key: string,
  refusal: string | undefined,
): Promise<Node> {
  const version = broker.versions.best(FindCoordinator);
  const request = version >= 4 ? { key: '', coordinatorKeys: [key] } : { key };
  const response = await broker.send(FindCoordinator, { ...request, keyType });
  const answer = version >= 4 ? response.coordinators[0] : response;
  if (!answer) throw new Error(`FindCoordinator left out ${key}`);
  throwIfError(answer.errorCode, REFUSALS.has(answer.errorCode) ? refusal : null);
  return { id: answer.nodeId, host: answer.host, port: answer.port, rack: null };
}

/** What may not be described, and its name. */
const REFUSALS: ReadonlyMap<number, string> = new Map([
  [ErrorCode.GROUP_AUTHORIZATION_FAILED, 'groupId'],
  [ErrorCode.TRANSACTIONAL_ID_AUTHORIZATION_FAILED, 'transactionalId'],
]);

/**
 * {@link findCoordinator} as Kafka's admin client does it (CoordinatorStrategy.handleError).
 * @throws AnswerError for all that does not pass by itself
 */
export async function coordinatorOf(broker: Broker, keyType: CoordinatorType, key: string): Promise<Node> {
  const name = `\`CoordinatorKey(idValue='${key}', type=${keyType === CoordinatorType.GROUP ? 'GROUP' : 'TRANSACTION'})\``;
  try {
    return await findCoordinator(broker, keyType, key, undefined);
  } catch (error) {
    if (!isAnswer(error) || PASSING.has(error.code)) throw error;
    const refused = REFUSALS.get(error.code);
    const text = refused
      ? `${refused} ${name} failed due to authorization failure`
      : `key ${name} failed due to an unexpected error`;
    throw new AnswerError(error.code, `FindCoordinator request for ${text}`);
  }
}

const PASSING: ReadonlySet<number> = new Set([
  ErrorCode.COORDINATOR_NOT_AVAILABLE,
  ErrorCode.COORDINATOR_LOAD_IN_PROGRESS,
]);

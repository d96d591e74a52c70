// Which broker coordinates a group or a transactional id (FindCoordinator; v4 asks for several keys at once, older
// versions for one).
import { ErrorCode } from '../protocol/errors.ts';
import { FindCoordinator } from '../protocol/messages/find-coordinator.ts';
import type { Node } from './admin/types.ts';
import type { Broker } from './broker-link.ts';
import { throwIfError } from './errors.ts';

/** FindCoordinatorRequest.CoordinatorType. */
export const CoordinatorType = { GROUP: 0, TRANSACTION: 1 } as const;
export type CoordinatorType = (typeof CoordinatorType)[keyof typeof CoordinatorType];

/**
 * @param refusal what to say of a group or transactional id that may not be described; by default what Kafka's admin client says
 * @throws KafkaError COORDINATOR_NOT_AVAILABLE (retriable) while there is none
 */
export async function findCoordinator(
  broker: Broker,
  keyType: CoordinatorType,
  key: string,
  refusal = refusalOf(keyType, key),
): Promise<Node> {
  const version = broker.versions.best(FindCoordinator);
  const request = version >= 4 ? { key: '', coordinatorKeys: [key] } : { key };
  const response = await broker.send(FindCoordinator, { ...request, keyType });
  const answer = version >= 4 ? response.coordinators[0] : response;
  if (!answer) throw new Error(`FindCoordinator left out ${key}`);
  throwIfError(answer.errorCode, REFUSALS.has(answer.errorCode) ? refusal : answer.errorMessage);
  return { id: answer.nodeId, host: answer.host, port: answer.port, rack: null };
}

const REFUSALS: ReadonlySet<number> = new Set([
  ErrorCode.GROUP_AUTHORIZATION_FAILED,
  ErrorCode.TRANSACTIONAL_ID_AUTHORIZATION_FAILED,
]);

/** CoordinatorStrategy.handleError. */
function refusalOf(keyType: CoordinatorType, key: string): string {
  const [id, type] = keyType === CoordinatorType.GROUP ? ['groupId', 'GROUP'] : ['transactionalId', 'TRANSACTION'];
  return `FindCoordinator request for ${id} \`CoordinatorKey(idValue='${key}', type=${type})\` failed due to authorization failure`;
}

// Which broker coordinates a group (FindCoordinator; v4 asks for several keys at once, older versions for one).
import { FindCoordinator } from '../protocol/messages/find-coordinator.ts';
import type { Node } from './admin/types.ts';
import type { Broker } from './broker-link.ts';
import { throwIfError } from './errors.ts';

const GROUP = 0;

/** @throws KafkaError COORDINATOR_NOT_AVAILABLE (retriable) while there is none */
export async function findCoordinator(broker: Broker, groupId: string): Promise<Node> {
  const version = broker.versions.best(FindCoordinator);
  const request = version >= 4 ? { key: '', coordinatorKeys: [groupId] } : { key: groupId };
  const response = await broker.send(FindCoordinator, { ...request, keyType: GROUP });
  const answer = version >= 4 ? response.coordinators[0] : response;
  if (!answer) throw new Error(`FindCoordinator left out ${groupId}`);
  throwIfError(answer.errorCode, answer.errorMessage);
  return { id: answer.nodeId, host: answer.host, port: answer.port, rack: null };
}

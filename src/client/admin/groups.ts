import { ErrorCode, KafkaError } from '../../protocol/errors.ts';
import { DeleteGroups } from '../../protocol/messages/delete-groups.ts';
import { LeaveGroup } from '../../protocol/messages/leave-group.ts';
import { ListGroups } from '../../protocol/messages/list-groups.ts';
import { hashMapOrder, javaStringHash } from '../../util/java-hash.ts';
import type { Cluster } from '../cluster.ts';
import { CoordinatorType, coordinatorOf } from '../coordinator.ts';
import { asKafkaError, refuseIfError, throwIfError, UnsupportedVersionError } from '../errors.ts';
import { askCoordinator } from './coordinators.ts';
import { describeGroup } from './group-descriptions.ts';
import { HANDLERS } from './handler-log.ts';
import { errorField } from './outcomes.ts';
import type { CallOptions, GroupDescription, GroupListing, GroupMember, Node, Outcome } from './types.ts';

/** No broker could be asked for its groups; Kafka has no error number for that. */
class NoBrokersError extends KafkaError {
  override name = 'NoBrokersError';

  constructor(cause: unknown) {
    super(ErrorCode.UNKNOWN_SERVER_ERROR, 'Failed to find brokers to send ListGroups');
    this.cause = cause;
  }

  override toString(): string {
    return `org.apache.kafka.common.KafkaException: ${this.message}`;
  }
}

/** What passes when a broker is asked for its groups. */
const LOADING: ReadonlySet<number> = new Set([
  ErrorCode.COORDINATOR_LOAD_IN_PROGRESS,
  ErrorCode.COORDINATOR_NOT_AVAILABLE,
]);

/** Node.toString. */
const nodeText = ({ host, port, id, rack }: Node): string =>
  `${host}:${port} (id: ${id} rack: ${rack} isFenced: false)`;

/** A broker's failure to understand is told with its name. */
const tooOld = (node: Node) => (error: unknown) => {
  if (!(error instanceof UnsupportedVersionError)) throw error;
  throw new UnsupportedVersionError(`Error listing groups on ${nodeText(node)}: ${error.message}`);
};

/** @see Admin.listGroups */
export async function listGroups(
  cluster: Cluster,
  options: CallOptions & { readonly states?: readonly string[]; readonly types?: readonly string[] } = {},
): Promise<GroupListing[]> {
  const { timeoutMs, states = [], types = [] } = options;
  try {
    await cluster.metadata.refresh([], false, timeoutMs);
  } catch (error) {
    throw new NoBrokersError(error);
  }
  const ofBrokers = cluster.metadata.nodes.map(({ id }) =>
    cluster.call(
      'listGroups',
      { broker: id },
      async (broker) => {
        const { errorCode, groups } = await broker
          .send(ListGroups, { statesFilter: states, typesFilter: types })
          .catch(tooOld(broker.node));
        if (LOADING.has(errorCode)) throw new KafkaError(errorCode);
        refuseIfError(errorCode, `Error listing groups on ${nodeText(broker.node)}`);
        return groups;
      },
      timeoutMs,
    ),
  );
  // Kafka's client gathers them in a HashMap, and every tool shows them in its order.
  const groups = hashMapOrder((await Promise.all(ofBrokers)).flat(), ({ groupId }) => javaStringHash(groupId));
  return groups.map(({ groupId, protocolType, groupState, groupType }) => ({
    groupId,
    protocolType,
    state: groupState,
    type: groupType.charAt(0).toUpperCase() + groupType.slice(1),
  }));
}

/** Runs one call per group against its coordinator; a group's failure is its value. */
export async function perGroup<T>(
  groupIds: readonly string[],
  run: (groupId: string) => Promise<Outcome<T>>,
): Promise<Map<string, Outcome<T>>> {
  const one = async (groupId: string) => [groupId, await run(groupId).catch(asKafkaError)] as const;
  return new Map(await Promise.all([...new Set(groupIds)].map(one)));
}

/** @see Admin.describeGroups */
export function describeGroups(
  cluster: Cluster,
  groupIds: readonly string[],
  { timeoutMs }: CallOptions = {},
): Promise<Map<string, Outcome<GroupDescription>>> {
  return perGroup(groupIds, (group) => describeGroup(cluster, group, timeoutMs));
}

/** @see Admin.findGroupCoordinator */
export function findGroupCoordinator(
  cluster: Cluster,
  groupId: string,
  { timeoutMs }: CallOptions = {},
): Promise<Node> {
  return cluster.call(
    'findCoordinator',
    'any',
    (broker) => coordinatorOf(broker, CoordinatorType.GROUP, groupId),
    timeoutMs,
  );
}

/** @see Admin.deleteGroups */
export function deleteGroups(
  cluster: Cluster,
  groupIds: readonly string[],
  { timeoutMs, kind = 'Consumer' }: CallOptions & { readonly kind?: 'Consumer' | 'Share' } = {},
): Promise<Map<string, Outcome<undefined>>> {
  const handler = kind === 'Share' ? HANDLERS.deleteShareGroups : HANDLERS.deleteGroups;
  return perGroup<undefined>(groupIds, (group) =>
    askCoordinator(
      cluster,
      handler,
      { group },
      async (broker) => {
        const { results } = await broker.send(DeleteGroups, { groupsNames: [group] });
        throwIfError(results[0]?.errorCode ?? ErrorCode.UNKNOWN_SERVER_ERROR);
        return undefined;
      },
      timeoutMs,
    ),
  );
}

/** @see Admin.removeGroupMembers */
export function removeGroupMembers(
  cluster: Cluster,
  groupId: string,
  members: readonly Pick<GroupMember, 'memberId' | 'groupInstanceId'>[],
  { timeoutMs }: CallOptions = {},
): Promise<{ memberId: string; error?: KafkaError }[]> {
  const leaving = members.map(({ memberId, groupInstanceId }) => ({
    memberId: groupInstanceId === null ? memberId : '',
    groupInstanceId,
    reason: 'member was removed by an admin',
  }));
  return askCoordinator(
    cluster,
    HANDLERS.removeMembers,
    { group: groupId },
    async (broker) => {
      const response = await broker.send(LeaveGroup, { groupId, memberId: '', members: leaving });
      throwIfError(response.errorCode);
      return members.map(({ memberId }, i) => ({ memberId, ...errorField(response.members[i]?.errorCode ?? 0) }));
    },
    timeoutMs,
  );
}

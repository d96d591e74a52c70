// Two clients of one broker without a login: the administrator, who may do everything, and another, by their addresses.
import { once } from 'node:events';
import net from 'node:net';
import { onTestFinished } from 'vitest';
import { AclResource, CLUSTER_NAME, AclOperation as Op, PatternType } from '../../../src/broker/security/acl.ts';
import type { Broker } from '../../../src/broker/start.ts';
import { CreateAcls } from '../../../src/protocol/messages/create-acls.ts';
import { CreateTopics } from '../../../src/protocol/messages/create-topics.ts';
import { DeleteAcls } from '../../../src/protocol/messages/delete-acls.ts';
import { TestClient } from '../../helpers/client.ts';
import type { Permission } from './cases.ts';

const ADMIN = '127.0.0.1';
const OTHER = '127.0.0.2';
const PRINCIPAL = 'User:ANONYMOUS';
const ANY = 1;
const ALLOW = 3;

async function connectFrom(broker: Broker, localAddress: string): Promise<TestClient> {
  const socket = net.connect({ port: broker.port, host: '127.0.0.1', localAddress });
  await once(socket, 'connect');
  const client = new TestClient(socket);
  onTestFinished(() => client.close());
  return client;
}

/** A broker whose administrator has made itself one, with topics of one partition. */
export async function twoClients(broker: Broker, topics: readonly string[]) {
  const admin = await connectFrom(broker, ADMIN);
  const give = (host: string, permissions: readonly Permission[], permissionType = ALLOW) =>
    admin.request(CreateAcls, 3, {
      creations: permissions.map(({ patternType: resourcePatternType, ...rest }) => ({
        ...rest,
        ...{ resourcePatternType, principal: PRINCIPAL, host, permissionType },
      })),
    });
  const { TOPIC, GROUP, CLUSTER, TRANSACTIONAL_ID } = AclResource;
  const everything = [TOPIC, GROUP, CLUSTER, TRANSACTIONAL_ID].map((resourceType) => ({
    operation: Op.ALL,
    resourceType,
    resourceName: resourceType === CLUSTER ? CLUSTER_NAME : '*',
    patternType: PatternType.LITERAL,
  }));
  await give(ADMIN, everything);
  const created = await admin.request(CreateTopics, 7, {
    topics: topics.map((name) => ({ name, numPartitions: 1, replicationFactor: 1, assignments: [], configs: [] })),
    timeoutMs: 1000,
  });
  const anything = { resourceTypeFilter: ANY, resourceNameFilter: null, patternTypeFilter: ANY, operation: ANY };
  return {
    admin,
    other: await connectFrom(broker, OTHER),
    ids: new Map(created.topics.map(({ name, topicId }) => [name, topicId])),
    /** Lets the other client do something. */
    grant: (...permissions: Permission[]) => give(OTHER, permissions),
    deny: (...permissions: Permission[]) => give(OTHER, permissions, 2),
    /** Takes all permissions of the other client back. */
    revoke: () =>
      admin.request(DeleteAcls, 3, {
        filters: [{ ...anything, principalFilter: PRINCIPAL, hostFilter: OTHER, permissionType: ANY }],
      }),
  };
}

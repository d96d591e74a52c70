// What a certificate's name may do: of clients over TLS, on a listener for clients and on one of controllers.
import tls from 'node:tls';
import { expect, onTestFinished, test } from 'vitest';
import { AclResource, PatternType } from '../../../src/broker/security/acl.ts';
import { ErrorCode } from '../../../src/protocol/errors.ts';
import { AlterClientQuotas } from '../../../src/protocol/messages/alter-client-quotas.ts';
import { CreateAcls } from '../../../src/protocol/messages/create-acls.ts';
import { CreateTopics } from '../../../src/protocol/messages/create-topics.ts';
import { DescribeAcls } from '../../../src/protocol/messages/describe-acls.ts';
import { DescribeCluster } from '../../../src/protocol/messages/describe-cluster.ts';
import { DescribeQuorum } from '../../../src/protocol/messages/describe-quorum.ts';
import { IncrementalAlterConfigs } from '../../../src/protocol/messages/incremental-alter-configs.ts';
import { Metadata } from '../../../src/protocol/messages/metadata.ts';
import type { CertificateOptions } from '../../../src/security/certificates/certificate.ts';
import { startTestBroker } from '../../helpers/broker.ts';
import {
  certificatePem,
  keyPem,
  keyStoreSettings,
  newCa,
  newClient,
  newServer,
  trustStoreSettings,
} from '../../helpers/certificates.ts';
import { TestClient } from '../../helpers/client.ts';
import { freePort } from '../../helpers/free-port.ts';
import { LogLines } from '../../helpers/log.ts';
import { Op } from './cases.ts';

const ca = newCa();
const server = newServer(ca);
const ADMIN = [['CN', 'admin']] as const;
const TOPIC_DENIED = ErrorCode.TOPIC_AUTHORIZATION_FAILED;
const CLUSTER_DENIED = ErrorCode.CLUSTER_AUTHORIZATION_FAILED;

/** Listeners for clients and for controllers, both with certificates; names are what stands behind CN=, in small letters. */
async function start(settings: Record<string, string> = {}) {
  const logger = new LogLines();
  const controller = await freePort();
  const broker = await startTestBroker({
    logger,
    overrides: {
      listeners: `SSL://127.0.0.1:0,CONTROLLER://127.0.0.1:${controller}`,
      'controller.listener.names': 'CONTROLLER',
      'inter.broker.listener.name': 'SSL',
      'listener.security.protocol.map': 'SSL:SSL,CONTROLLER:SSL',
      'ssl.client.auth': 'required',
      'ssl.principal.mapping.rules': 'RULE:^CN=([^,]+),O=trusted$/$1/L,RULE:^CN=([a-zA-Z]+)$/$1/L',
      'authorizer.class.name': 'org.apache.kafka.metadata.authorizer.StandardAuthorizer',
      'super.users': 'User:admin',
      ...keyStoreSettings(server),
      ...trustStoreSettings(ca),
      ...settings,
    },
  });
  const at = { listenerName: 'SSL', localAddress: '127.0.0.1', localPort: 0 };
  return { logger, controller, clients: broker.services.endpointFor(at).port };
}

type Subject = CertificateOptions['subject'];

/** @param subject undefined for a client without a certificate */
async function connectAs(port: number, subject: Subject | undefined, issuer = ca): Promise<TestClient> {
  const identity = subject && newClient(issuer, { subject });
  const socket = tls.connect({
    ...{ port, host: '127.0.0.1', ca: certificatePem(ca) },
    ...(identity && { key: keyPem(identity), cert: certificatePem(identity) }),
  });
  const client = new TestClient(socket);
  onTestFinished(() => client.close());
  return client;
}

const newTopic = (name: string) => ({
  topics: [{ name, numPartitions: 1, replicationFactor: 1, assignments: [], configs: [] }],
  timeoutMs: 5000,
});

const acl = (principal: string, operation: number, resourceName: string) => ({
  creations: [
    {
      ...{ resourceType: AclResource.TOPIC, resourceName, resourcePatternType: PatternType.LITERAL },
      ...{ principal, host: '*', operation, permissionType: 3 },
    },
  ],
});

const seen = async (client: TestClient, name: string) => {
  const { topics } = await client.request(Metadata, 12, { topics: [{ name }], allowAutoTopicCreation: false });
  return topics[0]?.errorCode;
};

test('a certificate is whom the rules make of it: who has no permission is refused, each by the name in the audit', async () => {
  const { clients, logger } = await start();
  const admin = await connectAs(clients, ADMIN);
  expect((await admin.request(CreateTopics, 7, newTopic('orders'))).topics[0]?.errorCode).toBe(0);
  const alice = await connectAs(clients, [['CN', 'Alice']]);
  expect(await seen(alice, 'orders')).toBe(TOPIC_DENIED);
  expect((await alice.request(CreateTopics, 7, newTopic('mine'))).topics[0]?.errorCode).toBe(TOPIC_DENIED);
  const denied = logger.lines.filter((line) => line.includes('is Denied'));
  expect(denied).toEqual(denied.map(() => expect.stringContaining('Principal = User:alice is Denied')));
  expect(denied.length).toBeGreaterThan(0);

  // The name as the rules make it counts, the name as it stands in the certificate does not.
  await admin.request(CreateAcls, 3, acl('User:CN=Alice', Op.ALL, 'orders'));
  expect(await seen(alice, 'orders')).toBe(TOPIC_DENIED);
  await admin.request(CreateAcls, 3, acl('User:alice', Op.DESCRIBE, 'orders'));
  expect(await seen(alice, 'orders')).toBe(0);
  expect(await seen(await connectAs(clients, [['CN', 'bob']]), 'orders')).toBe(TOPIC_DENIED);
});

test.each<[string, Subject | undefined, typeof ca]>([
  ['no certificate', undefined, ca],
  ['a certificate of another authority', ADMIN, newCa()],
  ['a certificate that calls itself after ours', ADMIN, newCa('test-ca')],
  [
    'a name that no rule applies to',
    [
      ['CN', 'admin'],
      ['O', 'elsewhere'],
    ],
    ca,
  ],
  ['a name with another one within', [['CN', 'eve,CN=admin']], ca],
  ['a name over two lines', [['CN', 'admin\nx']], ca],
])('%s is nobody, on neither listener', async (_, subject, issuer) => {
  const { clients, controller } = await start();
  for (const port of [clients, controller]) {
    const client = await connectAs(port, subject, issuer);
    await expect(client.request(DescribeCluster, 0, { includeClusterAuthorizedOperations: false })).rejects.toThrow(
      'closed',
    );
  }
});

test('a listener of controllers asks for permissions as one for clients does', async () => {
  const { controller } = await start();
  const alice = await connectAs(controller, [['CN', 'alice']]);
  expect(await alice.request(CreateTopics, 7, newTopic('orders'))).toMatchObject({
    topics: [{ errorCode: TOPIC_DENIED }],
  });
  const anyAcl = { resourceTypeFilter: 1, resourceNameFilter: null, patternTypeFilter: 1, principalFilter: null };
  const everything = { ...anyAcl, hostFilter: null, operation: 1, permissionType: 1 };
  expect(await alice.request(DescribeAcls, 3, everything)).toMatchObject({ errorCode: CLUSTER_DENIED, resources: [] });
  expect(await alice.request(CreateAcls, 3, acl('User:alice', Op.ALL, '*'))).toMatchObject({
    results: [{ errorCode: CLUSTER_DENIED }],
  });
  const ofControllers = { includeClusterAuthorizedOperations: false, endpointType: 2 };
  expect(await alice.request(DescribeCluster, 2, ofControllers)).toMatchObject({ errorCode: CLUSTER_DENIED });
  const quorum = { topics: [{ topicName: '__cluster_metadata', partitions: [{ partitionIndex: 0 }] }] };
  expect(await alice.request(DescribeQuorum, 2, quorum)).toMatchObject({ errorCode: CLUSTER_DENIED, topics: [] });
  const limit = [{ name: 'max.connections', configOperation: 0, value: '5' }];
  const alter = { resources: [{ resourceType: 4, resourceName: '', configs: limit }], validateOnly: false };
  expect(await alice.request(IncrementalAlterConfigs, 1, alter)).toMatchObject({
    responses: [{ errorCode: CLUSTER_DENIED }],
  });
  const quota = [{ key: 'producer_byte_rate', value: 1, remove: false }];
  const quotas = {
    entries: [{ entity: [{ entityType: 'user', entityName: 'bob' }], ops: quota }],
    validateOnly: false,
  };
  expect(await alice.request(AlterClientQuotas, 1, quotas)).toMatchObject({ entries: [{ errorCode: CLUSTER_DENIED }] });

  const admin = await connectAs(controller, ADMIN);
  expect(await admin.request(CreateTopics, 7, newTopic('orders'))).toMatchObject({ topics: [{ errorCode: 0 }] });
  expect(await admin.request(DescribeAcls, 3, everything)).toMatchObject({ errorCode: 0 });
});

test('a listener of controllers has no records, whoever asks', async () => {
  const { controller } = await start();
  const admin = await connectAs(controller, ADMIN);
  const asked = admin.request(Metadata, 12, { topics: null, allowAutoTopicCreation: false });
  await expect(asked).rejects.toThrow('closed');
});

test('who may show a certificate and does not is anonymous, whatever the rules', async () => {
  const { clients, logger } = await start({ 'ssl.client.auth': 'requested' });
  const nobody = await connectAs(clients, undefined);
  expect((await nobody.request(CreateTopics, 7, newTopic('mine'))).topics[0]?.errorCode).toBe(TOPIC_DENIED);
  expect(logger.lines.join('\n')).toContain('Principal = User:ANONYMOUS is Denied operation = CREATE');
});

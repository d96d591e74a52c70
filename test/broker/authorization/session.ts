// Runs the cases against a broker. The one who is looked at comes from 127.0.0.2 and may do what the case gives it; the
// administrator comes from 127.0.0.1 and may do everything. Both are User:ANONYMOUS, so that no login is needed.
import net from 'node:net';
import { setTimeout } from 'node:timers/promises';
import {
  CLUSTER_NAME,
  AclOperation as Op,
  PatternType,
  AclResource as Resource,
} from '../../../src/broker/security/acl.ts';
import { errorInfo } from '../../../src/protocol/errors.ts';
import { decodeResponse, encodeRequest } from '../../../src/protocol/headers.ts';
import { CreateAcls } from '../../../src/protocol/messages/create-acls.ts';
import { CreateTopics } from '../../../src/protocol/messages/create-topics.ts';
import { DeleteAcls } from '../../../src/protocol/messages/delete-acls.ts';
import { FindCoordinator } from '../../../src/protocol/messages/find-coordinator.ts';
import { IncrementalAlterConfigs } from '../../../src/protocol/messages/incremental-alter-configs.ts';
import { InitProducerId } from '../../../src/protocol/messages/init-producer-id.ts';
import { Metadata } from '../../../src/protocol/messages/metadata.ts';
import { OffsetCommit } from '../../../src/protocol/messages/offset-commit.ts';
import type { Api, RequestInput, ResponseOf } from '../../../src/protocol/schema.ts';
import { ADMIN_CASES } from './admin-cases.ts';
import { type AuthorizationCase, describePermission, type Permission, trials } from './cases.ts';
import { DATA_CASES } from './data-cases.ts';
import { GROUP_CASES } from './group-cases.ts';

export const CASES: readonly AuthorizationCase[] = [...DATA_CASES, ...GROUP_CASES, ...ADMIN_CASES];

/** server.properties of the broker, besides its addresses. */
export const PROPERTIES: ReadonlyMap<string, string> = new Map([
  ['authorizer.class.name', 'org.apache.kafka.metadata.authorizer.StandardAuthorizer'],
  ['allow.everyone.if.no.acl.found', 'true'],
  ['group.initial.rebalance.delay.ms', '0'],
]);

export interface Recorded {
  readonly api: string;
  readonly version: number;
  readonly request: unknown;
  readonly granted: readonly string[];
  readonly response: unknown;
}

const ADMIN = '127.0.0.1';
const SUBJECT = '127.0.0.2';
const PRINCIPAL = 'User:ANONYMOUS';
const ALLOW = 3;
const ANY = 1;

/** One request on a connection of its own; 'closed' if the broker hangs up instead of answering. */
function ask<A extends Api>(port: number, from: string, api: A, version: number, body: object) {
  return new Promise<ResponseOf<A> | 'closed'>((resolve, reject) => {
    const socket = net.connect({ port, host: ADMIN, localAddress: from });
    let received = Buffer.alloc(0);
    socket.on('error', reject);
    socket.on('close', () => resolve('closed'));
    socket.on('data', (chunk) => {
      received = Buffer.concat([received, chunk]);
      if (received.length < 4 || received.length < 4 + received.readInt32BE(0)) return;
      resolve(decodeResponse(api, version, received.subarray(4)).body);
      socket.destroy();
    });
    const header = { correlationId: 1, clientId: 'authorization-session' };
    for (const part of encodeRequest(api, version, header, body as never)) socket.write(part);
  });
}

class Administrator {
  readonly #port: number;

  constructor(port: number) {
    this.#port = port;
  }

  async do<A extends Api>(api: A, version: number, body: RequestInput<A>): Promise<ResponseOf<A>> {
    const answer = await ask(this.#port, ADMIN, api, version, body as object);
    if (answer === 'closed') throw new Error(`${api.name}: the broker closed the connection`);
    return answer;
  }

  async grant(host: string, permissions: readonly Permission[]): Promise<void> {
    const creations = permissions.map(({ patternType: resourcePatternType, ...permission }) => ({
      ...permission,
      resourcePatternType,
      principal: PRINCIPAL,
      host,
      permissionType: ALLOW,
    }));
    await this.do(CreateAcls, 3, { creations });
  }

  async revoke(host: string): Promise<void> {
    const filter = { resourceTypeFilter: ANY, resourceNameFilter: null, patternTypeFilter: ANY, operation: ANY };
    await this.do(DeleteAcls, 3, {
      filters: [{ ...filter, principalFilter: PRINCIPAL, hostFilter: host, permissionType: ANY }],
    });
  }

  async grantItselfEverything(): Promise<void> {
    const { TOPIC, GROUP, CLUSTER, TRANSACTIONAL_ID, DELEGATION_TOKEN, USER } = Resource;
    const types = [TOPIC, GROUP, CLUSTER, TRANSACTIONAL_ID, DELEGATION_TOKEN, USER];
    const everything = types.map((resourceType) => ({
      operation: Op.ALL,
      resourceType,
      resourceName: resourceType === CLUSTER ? CLUSTER_NAME : '*',
      patternType: PatternType.LITERAL,
    }));
    await this.grant(ADMIN, everything);
  }

  /** Topics, groups and transactional ids that the cases are about. Gives the ids of the topics. */
  async setUp(): Promise<Map<string, string>> {
    const topics = ['orders', 'other', 'seen', 'doomed'].map((name) => ({
      ...{ name, numPartitions: 1, replicationFactor: 1, assignments: [], configs: [] },
    }));
    await this.do(CreateTopics, 7, { topics, timeoutMs: 10_000, validateOnly: false });
    await this.#coordinators();
    const partitions = [{ partitionIndex: 0, committedOffset: 1, committedMetadata: null }];
    for (const groupId of ['billing', 'closed']) {
      const committed = ['orders', 'other'].map((name) => ({ name, partitions }));
      await this.#eventually(async () => {
        const answer = await this.do(OffsetCommit, 8, { groupId, memberId: '', topics: committed });
        return answer.topics[0]?.partitions[0]?.errorCode === 0;
      });
    }
    for (const transactionalId of ['tx', 'another'])
      await this.#eventually(async () => {
        const answer = await this.do(InitProducerId, 4, { transactionalId, transactionTimeoutMs: 60_000 });
        return answer.errorCode === 0;
      });
    // A share group reads from the beginning, so that nothing depends on when it began.
    await this.do(IncrementalAlterConfigs, 1, {
      resources: [
        {
          resourceType: 32,
          resourceName: 'shared',
          configs: [{ name: 'share.auto.offset.reset', configOperation: 0, value: 'earliest' }],
        },
      ],
      validateOnly: false,
    });
    return await this.#topicIds();
  }

  async #coordinators(): Promise<void> {
    for (const [keyType, key] of [
      [0, 'billing'],
      [1, 'tx'],
      [2, 'shared:abcdefghijklmnopqrstuQ:0'],
    ] as const)
      await this.#eventually(async () => {
        const answer = await this.do(FindCoordinator, 6, { key: '', keyType, coordinatorKeys: [key] });
        return answer.coordinators[0]?.errorCode === 0;
      });
  }

  async #topicIds(): Promise<Map<string, string>> {
    const all = { topics: null, allowAutoTopicCreation: false, includeTopicAuthorizedOperations: false };
    const { topics } = await this.do(Metadata, 12, { ...all, includeClusterAuthorizedOperations: false });
    return new Map(topics.map(({ name, topicId }) => [name ?? '', topicId]));
  }

  /** In Kafka coordinators take a moment. */
  async #eventually(done: () => Promise<boolean>): Promise<void> {
    for (let tries = 0; !(await done()); tries++) {
      if (tries === 100) throw new Error('the cluster does not get ready');
      await setTimeout(100);
    }
  }
}

/**
 * The answers to all cases with all their sets of permissions.
 * @param pauseMs after each change of permissions: in Kafka it takes a moment to reach the broker
 */
export async function runAuthorizationSession(
  port: number,
  pauseMs = 0,
  cases: readonly AuthorizationCase[] = CASES,
): Promise<Recorded[]> {
  const administrator = new Administrator(port);
  await administrator.grantItselfEverything();
  await setTimeout(pauseMs);
  const ids = await administrator.setUp();
  const names = new Map([...ids].map(([name, id]) => [id, `@${name}`]));
  const recorded: Recorded[] = [];
  for (const { api, version, body, ...rest } of cases) {
    for (const granted of trials({ api, version, body, ...rest })) {
      await administrator.revoke(SUBJECT);
      if (granted.length > 0) await administrator.grant(SUBJECT, granted);
      await setTimeout(pauseMs);
      const request = replaceStrings(body, (text) =>
        text.startsWith('@') ? (ids.get(text.slice(1)) ?? text) : text,
      ) as object;
      const answer = await ask(port, SUBJECT, api, version, request);
      const response = essence(replaceStrings(answer, (text) => names.get(text) ?? text));
      recorded.push({ api: api.name, version, request: body, granted: granted.map(describePermission), response });
    }
  }
  return JSON.parse(JSON.stringify(recorded)) as Recorded[];
}

function replaceStrings(value: unknown, replace: (text: string) => string): unknown {
  if (typeof value === 'string') return replace(value);
  if (Array.isArray(value)) return value.map((item) => replaceStrings(item, replace));
  if (value === null || typeof value !== 'object' || Buffer.isBuffer(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, replaceStrings(item, replace)]));
}

/** Of an answer, what permissions decide: errors, operations, and what they are about. */
const TELLING =
  /(errorCode|errorMessage|name|operations|statusDetail|isInternal|topicId|transactionalId|groupId|index|topics?|key)$/i;
/** These differ from broker to broker. */
const NOT_TELLING =
  /^(stateBatches|acquiredRecords|abortedTransactions|listeners|currentLeader|divergingEpoch|snapshotId|clusterId|rack|assignorName|groupInstanceId|protocolName|leader|apiKey|supportedFeatures)$/i;

function essence(value: unknown): unknown {
  if (Array.isArray(value)) return sorted(value.map(essence).filter((item) => item !== undefined));
  if (value === null || typeof value !== 'object') return value;
  const told = Object.entries(value).flatMap(([key, item]) => {
    if (NOT_TELLING.test(key) || Buffer.isBuffer(item)) return [];
    if (/errorCode$/i.test(key)) return [[key, item === 0 ? 0 : errorInfo(Number(item)).name]];
    if (key === 'topicId') return [[key, isKnownId(String(item)) ? item : '…']];
    if (/errorMessage$/i.test(key)) return [[key, withoutRequest(item as string | null)]];
    const isList = Array.isArray(item) && item.some((each) => typeof each === 'object');
    return isList || (typeof item === 'object' && !Array.isArray(item)) || TELLING.test(key)
      ? [[key, essence(item)]]
      : [];
  });
  return Object.fromEntries(told);
}

/** A topic that is created for a trial has an id of its own each time. */
const isKnownId = (id: string): boolean => id.startsWith('@') || id.startsWith('AAAA') || id.startsWith('abcd');

/** Brokers say in their own ways which request it was. */
function withoutRequest(text: string | null): string | null {
  return text?.replace(/Request Request\(.*\) needs/, 'Request … needs') ?? text;
}

function sorted(items: readonly unknown[]): unknown[] {
  return items
    .map((item) => [JSON.stringify(item), item] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, item]) => item);
}

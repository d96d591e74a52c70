// The two who take part in the recorded sessions about permissions. The one who is looked at comes from 127.0.0.2 and may do
// what a case gives it; the administrator comes from 127.0.0.1 and may do everything. Both are User:ANONYMOUS, so that no
// login is needed.
import { setTimeout } from 'node:timers/promises';
import {
  CLUSTER_NAME,
  AclOperation as Op,
  PatternType,
  AclResource as Resource,
} from '../../../src/broker/security/acl.ts';
import { AddPartitionsToTxn } from '../../../src/protocol/messages/add-partitions-to-txn.ts';
import { CreateAcls } from '../../../src/protocol/messages/create-acls.ts';
import { CreateTopics } from '../../../src/protocol/messages/create-topics.ts';
import { DeleteAcls } from '../../../src/protocol/messages/delete-acls.ts';
import { FindCoordinator } from '../../../src/protocol/messages/find-coordinator.ts';
import { IncrementalAlterConfigs } from '../../../src/protocol/messages/incremental-alter-configs.ts';
import { InitProducerId } from '../../../src/protocol/messages/init-producer-id.ts';
import { Metadata } from '../../../src/protocol/messages/metadata.ts';
import { OffsetCommit } from '../../../src/protocol/messages/offset-commit.ts';
import type { Api, RequestInput, ResponseOf } from '../../../src/protocol/schema.ts';
import type { Permission } from './cases.ts';
import { ask } from './raw-requests.ts';

const ADMIN = '127.0.0.1';
export const SUBJECT = '127.0.0.2';
const PRINCIPAL = 'User:ANONYMOUS';
const ALLOW = 3;
const ANY = 1;

export class Administrator {
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
    await this.#beginTransaction();
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

  async #beginTransaction(): Promise<void> {
    const transactionalId = 'ongoing';
    await this.#eventually(async () => {
      const begun = await this.do(InitProducerId, 4, { transactionalId, transactionTimeoutMs: 900_000 });
      if (begun.errorCode !== 0) return false;
      const answer = await this.do(AddPartitionsToTxn, 3, {
        v3AndBelowTransactionalId: transactionalId,
        v3AndBelowProducerId: begun.producerId,
        v3AndBelowProducerEpoch: begun.producerEpoch,
        v3AndBelowTopics: ['orders', 'other'].map((name) => ({ name, partitions: [0] })),
      });
      return answer.resultsByTopicV3AndBelow.every(({ resultsByPartition }) =>
        resultsByPartition.every(({ partitionErrorCode }) => partitionErrorCode === 0),
      );
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

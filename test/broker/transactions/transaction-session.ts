// Brings transactional ids into a state, sends one request, and writes down the answer and what the coordinator says
// then, in a form that does not depend on the run: producer ids are numbered by their appearance in the case.
import { AddOffsetsToTxn } from '../../../src/protocol/messages/add-offsets-to-txn.ts';
import { AddPartitionsToTxn } from '../../../src/protocol/messages/add-partitions-to-txn.ts';
import { DescribeTransactions } from '../../../src/protocol/messages/describe-transactions.ts';
import { EndTxn } from '../../../src/protocol/messages/end-txn.ts';
import { InitProducerId } from '../../../src/protocol/messages/init-producer-id.ts';
import { Produce } from '../../../src/protocol/messages/produce.ts';
import { TxnOffsetCommit } from '../../../src/protocol/messages/txn-offset-commit.ts';
import type { Api, RequestInput, ResponseOf } from '../../../src/protocol/schema.ts';
import type { TestClient } from '../../helpers/client.ts';
import { batch } from '../data-path.ts';

/** The topic that the transactions write to; it has three partitions. */
export const TOPIC = 'ledger';

export const TIMEOUT_MS = 60_000;

export interface Producer {
  readonly transactionalId: string;
  producerId: number;
  producerEpoch: number;
}

export class TransactionSession {
  /** One line for each case. */
  readonly lines: string[] = [];
  readonly topicId: string;
  readonly #client: TestClient;

  constructor(client: TestClient, topicId: string) {
    this.#client = client;
    this.topicId = topicId;
  }

  request<A extends Api>(api: A, version: number, body: RequestInput<A>): Promise<ResponseOf<A>> {
    return this.#client.request(api, version, body);
  }

  /** A producer in no transaction. */
  async init(transactionalId: string): Promise<Producer> {
    const { producerId, producerEpoch, errorCode } = await this.request(InitProducerId, 5, {
      transactionalId,
      transactionTimeoutMs: TIMEOUT_MS,
    });
    if (errorCode !== 0) throw new Error(`${transactionalId}: init failed with ${errorCode}`);
    return { transactionalId, producerId, producerEpoch };
  }

  async end(producer: Producer, committed: boolean, version: number): Promise<void> {
    const { errorCode, ...next } = await this.request(EndTxn, version, { ...producer, committed });
    if (errorCode !== 0) throw new Error(`${producer.transactionalId}: end failed with ${errorCode}`);
    if (version >= 5) Object.assign(producer, { producerId: next.producerId, producerEpoch: next.producerEpoch });
    await this.settle(producer.transactionalId);
  }

  addPartitions(producer: Producer, partitions: readonly number[], version = 3) {
    return this.request(AddPartitionsToTxn, version, {
      v3AndBelowTransactionalId: producer.transactionalId,
      v3AndBelowProducerId: producer.producerId,
      v3AndBelowProducerEpoch: producer.producerEpoch,
      v3AndBelowTopics: [{ name: TOPIC, partitions: [...partitions] }],
    });
  }

  addOffsets({ transactionalId, producerId, producerEpoch }: Producer, version = 3) {
    return this.request(AddOffsetsToTxn, version, { transactionalId, producerId, producerEpoch, groupId: 'readers' });
  }

  produce(producer: Producer, partition: number, version: number, baseSequence = 0) {
    const { transactionalId, producerId, producerEpoch } = producer;
    const records = batch(['v'], { transactional: true, producerId, producerEpoch, baseSequence });
    const named = version >= 13 ? { topicId: this.topicId } : { name: TOPIC };
    const topicData = [{ ...named, partitionData: [{ index: partition, records }] }];
    return this.request(Produce, version, { transactionalId, acks: -1, timeoutMs: 5000, topicData });
  }

  commitOffsets(producer: Producer, version: number, more: Partial<RequestInput<typeof TxnOffsetCommit>> = {}) {
    const partitions = [{ partitionIndex: 0, committedOffset: 7, committedMetadata: 'm' }];
    const topics = [{ name: TOPIC, partitions }];
    return this.request(TxnOffsetCommit, version, { ...producer, groupId: 'readers', topics, ...more });
  }

  async describe(transactionalId: string) {
    const { transactionStates } = await this.request(DescribeTransactions, 0, { transactionalIds: [transactionalId] });
    return transactionStates[0]!;
  }

  /** Waits until all markers are written. */
  async settle(transactionalId: string): Promise<void> {
    while ((await this.describe(transactionalId)).transactionState.startsWith('Prepare')) {
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  /** Writes a case down. */
  async note(what: string, transactionalId: string, answer: unknown, ids: readonly number[]): Promise<void> {
    await this.settle(transactionalId);
    const { transactionStartTimeMs, ...state } = await this.describe(transactionalId);
    const started = transactionStartTimeMs > 0;
    const known = [...ids];
    const portable = JSON.stringify({ answer, state: { ...state, started } }, (name, value) => {
      if (name === 'baseOffset' && value >= 0) return '<offset>';
      if (name === 'logAppendTimeMs' && value >= 0) return '<time>';
      if (name === 'responses' && Array.isArray(value))
        return value.map(({ partitionResponses }) => partitionResponses);
      if (name !== 'producerId' || value < 0 || (state.errorCode !== 0 && value === 0)) return value;
      if (!known.includes(value)) known.push(value);
      return `<id ${known.indexOf(value)}>`;
    });
    this.lines.push(`${what} ${portable}`);
  }
}

// The producer's side of transactions (KIP-98; KIP-360 for new epochs after failures; KIP-890 where the cluster has
// transaction.version 2: partitions join by being written to, and each end brings the next epoch).
import { ErrorCode, KafkaError } from '../../protocol/errors.ts';
import { AddPartitionsToTxn } from '../../protocol/messages/add-partitions-to-txn.ts';
import { EndTxn } from '../../protocol/messages/end-txn.ts';
import { InitProducerId } from '../../protocol/messages/init-producer-id.ts';
import type { Broker } from '../broker-link.ts';
import type { Cluster } from '../cluster.ts';
import { asKafkaError, errorOf, throwIfError, UnusableProducerError } from '../errors.ts';
import type { ProducerIdentity } from './identity.ts';
import { LAST_WITH_NAMES } from './produce-request.ts';

/** The last Produce version of producers that name their partitions first. */
const LAST_PRODUCE_V1 = 11;
/** The last versions of the requests that producers send, not brokers, in the first generation of transactions. */
const LAST_ADD_PARTITIONS_V1 = 3;
const LAST_END_TXN_V1 = 4;

/** A partition that a batch waits for. */
interface Destination {
  readonly topic: string;
  readonly partition: number;
}

/** Whether no later transaction of this producer can succeed either. */
function isFatal(code: number): boolean {
  return (
    code === ErrorCode.PRODUCER_FENCED ||
    code === ErrorCode.INVALID_PRODUCER_EPOCH ||
    code === ErrorCode.TRANSACTIONAL_ID_AUTHORIZATION_FAILED ||
    code === ErrorCode.CLUSTER_AUTHORIZATION_FAILED ||
    code === ErrorCode.INVALID_TXN_STATE ||
    code === ErrorCode.UNSUPPORTED_VERSION
  );
}

export class Transactions {
  readonly id: string;
  readonly #cluster: Cluster;
  readonly #identity: ProducerIdentity;
  readonly #timeoutMs: number;
  readonly #timeToBlockMs: number;
  /** Called when batches may go that could not before. */
  readonly #onReady: () => void;
  readonly #joined = new Set<string>();
  readonly #wanted = new Map<string, Destination>();
  #secondGeneration = false;
  #open = false;
  #joining = false;
  #failure: KafkaError | undefined;
  #fatal: KafkaError | undefined;

  constructor(
    cluster: Cluster,
    identity: ProducerIdentity,
    settings: { readonly transactionalId: string; readonly transactionTimeoutMs: number; readonly maxBlockMs: number },
    onReady: () => void,
  ) {
    this.#cluster = cluster;
    this.#identity = identity;
    this.id = settings.transactionalId;
    this.#timeoutMs = settings.transactionTimeoutMs;
    this.#timeToBlockMs = settings.maxBlockMs;
    this.#onReady = onReady;
  }

  /** Highest version of Produce that fits how partitions join the transaction. */
  get produceVersion(): number {
    return this.#secondGeneration ? LAST_WITH_NAMES : LAST_PRODUCE_V1;
  }

  /** Takes the id over from whoever had it before, whose open transaction is aborted. @throws KafkaError */
  async init(): Promise<void> {
    await this.#newEpoch(-1, -1);
  }

  /** @throws Error if one is open, KafkaError if this producer can have none any more */
  begin(): void {
    if (this.#fatal) throw this.#fatal;
    if (this.#open) throw new Error(`TransactionalId ${this.id}: a transaction is open already`);
    if (!this.#identity.ready) throw new Error(`TransactionalId ${this.id}: initialize transactions first`);
    this.#open = true;
    this.#failure = undefined;
  }

  /** Whether init() has succeeded. */
  get initialized(): boolean {
    return this.#identity.ready;
  }

  /** Why nothing can be written now: no transaction is open, or the open one can only be aborted. */
  get refusal(): KafkaError | undefined {
    if (this.#open || this.#failure) return this.#failure;
    const message = `Cannot add partition to a transaction before completing a call to initTransactions and beginTransaction`;
    return new KafkaError(ErrorCode.INVALID_TXN_STATE, message);
  }

  /** Whether a batch for this partition may go now; otherwise the partition is made part of the transaction first. */
  mayWrite({ topic, partition }: Destination): boolean {
    const key = `${topic}-${partition}`;
    if (this.#joined.has(key)) return true;
    if (this.#secondGeneration) {
      this.#joined.add(key);
      return true;
    }
    this.#wanted.set(key, { topic, partition });
    if (!this.#joining) this.#join();
    return false;
  }

  /** A batch of the open transaction was given up: it can only be aborted now. */
  failed(error: KafkaError): void {
    this.#failure ??= error;
    if (isFatal(error.code)) this.#fatal ??= error;
  }

  /**
   * Ends the open transaction; everything must have been flushed.
   * @throws KafkaError the first failure of its batches on commit, or what the coordinator says
   */
  async end(committed: boolean): Promise<void> {
    if (this.#fatal) throw this.#fatal;
    if (!this.#open) throw new Error(`TransactionalId ${this.id}: no transaction is open`);
    if (committed && this.#failure) throw this.#failure;
    const hadFailure = this.#failure !== undefined;
    if (this.#joined.size > 0) await this.#endAtCoordinator(committed);
    this.#open = false;
    this.#failure = undefined;
    this.#joined.clear();
    this.#wanted.clear();
    // The brokers' numbering of what was given up is unknown: the next transaction begins with an epoch of its own.
    if (hadFailure && !this.#secondGeneration) await this.#newEpoch(this.#identity.id, this.#identity.epoch);
  }

  async #endAtCoordinator(committed: boolean): Promise<void> {
    const request = {
      transactionalId: this.id,
      producerId: this.#identity.id,
      producerEpoch: this.#identity.epoch,
      committed,
    };
    const options = this.#secondGeneration ? {} : { maxVersion: LAST_END_TXN_V1 };
    await this.#ask('endTxn', async (broker) => {
      const response = await broker.send(EndTxn, request, options);
      throwIfError(response.errorCode);
      if (this.#secondGeneration) this.#identity.set(response.producerId, response.producerEpoch);
    });
  }

  #newEpoch(producerId: number, producerEpoch: number): Promise<void> {
    return this.#ask('initProducerId', async (broker) => {
      const response = await broker.send(InitProducerId, {
        transactionalId: this.id,
        transactionTimeoutMs: this.#timeoutMs,
        producerId,
        producerEpoch,
      });
      throwIfRefused(response.errorCode);
      this.#identity.set(response.producerId, response.producerEpoch);
      const level = broker.versions.response.finalizedFeatures.find(({ name }) => name === 'transaction.version');
      this.#secondGeneration = (level?.maxVersionLevel ?? 0) >= 2;
    });
  }

  #join(): void {
    this.#joining = true;
    const destinations = [...this.#wanted];
    this.#wanted.clear();
    this.#addPartitions(destinations.map(([, destination]) => destination)).then(
      () => {
        this.#joining = false;
        for (const [key] of destinations) this.#joined.add(key);
        if (this.#wanted.size > 0) this.#join();
        this.#onReady();
      },
      (error) => {
        this.#joining = false;
        this.failed(asKafkaError(error));
        this.#onReady();
      },
    );
  }

  #addPartitions(destinations: readonly Destination[]): Promise<void> {
    const topics = new Map<string, number[]>();
    for (const { topic, partition } of destinations) topics.set(topic, [...(topics.get(topic) ?? []), partition]);
    const request = {
      v3AndBelowTransactionalId: this.id,
      v3AndBelowProducerId: this.#identity.id,
      v3AndBelowProducerEpoch: this.#identity.epoch,
      v3AndBelowTopics: [...topics].map(([name, partitions]) => ({ name, partitions })),
    };
    return this.#ask('addPartitionsToTxn', async (broker) => {
      const response = await broker.send(AddPartitionsToTxn, request, { maxVersion: LAST_ADD_PARTITIONS_V1 });
      const codes = response.resultsByTopicV3AndBelow
        .flatMap(({ resultsByPartition }) => resultsByPartition)
        .map(({ partitionErrorCode }) => partitionErrorCode)
        .filter((code) => code !== ErrorCode.NONE);
      // Beside the partition that failed the others say only that they were not tried.
      throwIfError(codes.find((code) => code !== ErrorCode.OPERATION_NOT_ATTEMPTED) ?? codes[0] ?? ErrorCode.NONE);
    });
  }

  /** Asks the coordinator, again while it moves or still completes the transaction before. */
  async #ask(name: string, run: (broker: Broker) => Promise<void>): Promise<void> {
    try {
      await this.#cluster.call(name, { transactionalId: this.id }, run, this.#timeToBlockMs);
    } catch (error) {
      const failure = asKafkaError(error);
      if (isFatal(failure.code)) this.#fatal ??= failure;
      throw error;
    }
  }
}

const TOLD_AS_THEY_ARE: ReadonlySet<number> = new Set([
  ErrorCode.TRANSACTIONAL_ID_AUTHORIZATION_FAILED,
  ErrorCode.CLUSTER_AUTHORIZATION_FAILED,
  ErrorCode.TRANSACTION_ABORTABLE,
  ErrorCode.PRODUCER_FENCED,
  ErrorCode.INVALID_PRODUCER_EPOCH,
]);

/** As TransactionManager.InitProducerIdHandler. @throws KafkaError */
function throwIfRefused(code: number): void {
  const error = errorOf(code);
  if (error === undefined) return;
  if (error.retriable || TOLD_AS_THEY_ARE.has(code)) throw error;
  const message = `Unexpected error in InitProducerIdResponse; ${error.message}`;
  throw new UnusableProducerError('org.apache.kafka.common.KafkaException', message);
}

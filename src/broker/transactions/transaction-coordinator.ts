// The coordinator of transactions: what the handlers call (KIP-98, KIP-360, KIP-447, KIP-890). It holds the transactional
// ids; each step is a file of its own. As markers are written before a request is answered, a transaction is complete by
// then, unless one of its partitions cannot be written.
import { ErrorCode, KafkaError } from '../../protocol/errors.ts';
import type { Timer } from '../../util/clock.ts';
import { PartitionLoads } from '../topics/partition-loads.ts';
import { type Addition, verified, withAdded } from './add-partitions.ts';
import { complete } from './complete.ts';
import { existing, save, type TransactionContext } from './context.ts';
import { type End, prepared } from './end.ts';
import { abort, abortTimedOut, removeExpired } from './expiry.ts';
import { assertMayInitialize, initialized, newTransaction } from './initialize.ts';
import { type ListedTransactions, listTransactions, type TransactionFilters } from './list.ts';
import { replay, replayBatches } from './replay.ts';
import { isPrepared, type ProducerIdAndEpoch, type TopicPartition, type Transaction } from './transaction.ts';

/** Pause before markers that could not be written are tried again. */
const MARKER_RETRY_MS = 1000;

export class TransactionCoordinator {
  readonly #context: TransactionContext;
  readonly #timers = new Set<Timer>();
  #retry: Timer | undefined;
  #isLoaded = false;

  readonly #loads: PartitionLoads;

  constructor(context: TransactionContext) {
    this.#context = context;
    const { logger, store, transactions } = context;
    this.#loads = new PartitionLoads({
      logger,
      read: (partition) => store.read(partition),
      start: () => (_, batches) => replayBatches(context, batches),
      loaded: () => this.completePrepared(),
      drop: (partition) => {
        for (const id of [...transactions.keys()]) if (store.partitionFor(id) === partition) transactions.delete(id);
      },
    });
  }

  /**
   * Reads the transactions back and ends those that were decided. Until it has resolved requests are answered
   * COORDINATOR_LOAD_IN_PROGRESS.
   * @throws RecordError, LogError if the records cannot be read
   */
  async load(): Promise<void> {
    await replay(this.#context);
    this.#isLoaded = true;
    this.completePrepared();
    this.#every(
      () => this.#context.config.transactionAbortTimedOutCleanupIntervalMs,
      () => this.abortTimedOut(),
    );
    this.#every(
      () => this.#context.config.transactionRemoveExpiredCleanupIntervalMs,
      () => removeExpired(this.#context),
    );
  }

  /** This broker has become the leader of a partition of `__transaction_state`: it reads the ids of it and ends what was decided. */
  partitionGained(partition: number): Promise<void> {
    return this.#loads.gained(partition);
  }

  /** Another broker has the partition now. */
  partitionLost(partition: number): void {
    this.#loads.lost(partition);
  }

  /** Called when a client looks for its coordinator. @throws KafkaError COORDINATOR_NOT_AVAILABLE */
  prepare(): void {
    this.#context.store.prepare();
  }

  /** The partition of `__transaction_state` that keeps an id. */
  statePartitionFor(transactionalId: string): number {
    return this.#context.store.partitionFor(transactionalId);
  }

  /**
   * A producer id and epoch with which everything of earlier producers with this id is fenced.
   * @throws KafkaError INVALID_REQUEST, INVALID_TRANSACTION_TIMEOUT, PRODUCER_FENCED, CONCURRENT_TRANSACTIONS where the
   *   transaction of an earlier producer was to be aborted first: the client asks again
   */
  initProducerId(transactionalId: string, timeoutMs: number, expected?: ProducerIdAndEpoch): ProducerIdAndEpoch {
    const { config, clock, transactions } = this.#context;
    if (transactionalId === '') throw new KafkaError(ErrorCode.INVALID_REQUEST);
    if (timeoutMs <= 0 || timeoutMs > config.transactionMaxTimeoutMs) {
      throw new KafkaError(ErrorCode.INVALID_TRANSACTION_TIMEOUT);
    }
    this.#assertLoaded(transactionalId);
    const request = { timeoutMs, expected, nowMs: clock.nowMs(), newProducerId: () => this.#context.newProducerId() };
    const current = transactions.get(transactionalId) ?? newTransaction(transactionalId, request);
    if (current.state === 'Ongoing') {
      assertMayInitialize(current, expected);
      abort(this.#context, current);
      this.#retryMarkers();
      throw new KafkaError(ErrorCode.CONCURRENT_TRANSACTIONS);
    }
    const fresh = initialized(current, request);
    save(this.#context, fresh);
    return fresh;
  }

  /** @throws KafkaError see add-partitions.ts and context.ts */
  addPartitions(transactionalId: string, addition: Omit<Addition, 'nowMs'>): void {
    this.#assertLoaded(transactionalId);
    const current = existing(this.#context, transactionalId);
    const next = withAdded(current, { ...addition, nowMs: this.#context.clock.nowMs() });
    if (next) save(this.#context, next);
  }

  /** NONE or TRANSACTION_ABORTABLE for each partition. @throws KafkaError see add-partitions.ts and context.ts */
  verifyPartitions(
    transactionalId: string,
    producer: ProducerIdAndEpoch,
    partitions: readonly TopicPartition[],
  ): number[] {
    this.#assertLoaded(transactionalId);
    return verified(existing(this.#context, transactionalId), producer, partitions);
  }

  /** Commits or aborts; the id and epoch to go on with. @throws KafkaError see end.ts and context.ts */
  end(transactionalId: string, end: Omit<End, 'nowMs' | 'newProducerId'>): ProducerIdAndEpoch {
    this.#assertLoaded(transactionalId);
    const current = existing(this.#context, transactionalId);
    const { clock } = this.#context;
    const decided = prepared(current, {
      ...end,
      nowMs: clock.nowMs(),
      newProducerId: () => this.#context.newProducerId(),
    });
    if (!decided) return current;
    save(this.#context, decided);
    const ended = complete(this.#context, decided);
    if (!isPrepared(ended)) return ended;
    this.#retryMarkers();
    return ended.nextProducerId < 0 ? ended : { producerId: ended.nextProducerId, producerEpoch: 0 };
  }

  /** @throws KafkaError INVALID_REQUEST for an empty id, TRANSACTIONAL_ID_NOT_FOUND */
  describe(transactionalId: string): Transaction {
    if (transactionalId === '') throw new KafkaError(ErrorCode.INVALID_REQUEST);
    this.#assertLoaded(transactionalId);
    const transaction = this.#context.transactions.get(transactionalId);
    if (!transaction) throw new KafkaError(ErrorCode.TRANSACTIONAL_ID_NOT_FOUND);
    return transaction;
  }

  /** @throws KafkaError COORDINATOR_LOAD_IN_PROGRESS */
  list(filters: TransactionFilters): ListedTransactions {
    this.#assertLoaded();
    return listTransactions(this.#context, filters);
  }

  /** Aborts what has timed out; the broker does it every transaction.abort.timed.out.transaction.cleanup.interval.ms. */
  abortTimedOut(): void {
    // What is read half may be old.
    if (this.#loads.size > 0) return;
    abortTimedOut(this.#context);
    this.#retryMarkers();
  }

  /** Writes the markers that decided transactions still lack. */
  completePrepared(): void {
    for (const transaction of [...this.#context.transactions.values()]) {
      if (isPrepared(transaction) && this.#isMine(transaction)) complete(this.#context, transaction);
    }
    this.#retryMarkers();
  }

  /** What transactions were kept in is gone, and all of them with it. */
  storeDeleted(): void {
    this.#context.transactions.clear();
  }

  close(): void {
    this.#isLoaded = false;
    this.#retry?.cancel();
    for (const timer of this.#timers) timer.cancel();
    this.#timers.clear();
  }

  /** @throws KafkaError COORDINATOR_LOAD_IN_PROGRESS, NOT_COORDINATOR */
  #assertLoaded(transactionalId?: string): void {
    const { store } = this.#context;
    if (transactionalId && store.coordinates?.(transactionalId) === false)
      throw new KafkaError(ErrorCode.NOT_COORDINATOR);
    const isLoading =
      this.#loads.size > 0 && (!transactionalId || this.#loads.has(store.partitionFor(transactionalId)));
    if (!this.#isLoaded || isLoading) throw new KafkaError(ErrorCode.COORDINATOR_LOAD_IN_PROGRESS);
  }

  /** Whether the transaction is this broker's, and all of it is known. */
  #isMine({ transactionalId }: Transaction): boolean {
    return this.#loads.size === 0 || !this.#loads.has(this.#context.store.partitionFor(transactionalId));
  }

  #retryMarkers(): void {
    const { clock, transactions } = this.#context;
    if (this.#retry !== undefined || ![...transactions.values()].some(isPrepared)) return;
    this.#retry = clock.setTimer(MARKER_RETRY_MS, () => {
      this.#retry = undefined;
      this.completePrepared();
    });
  }

  #every(intervalMs: () => number, task: () => void): void {
    const timer = this.#context.clock.setTimer(intervalMs(), () => {
      this.#timers.delete(timer);
      this.#every(intervalMs, task);
      task();
    });
    this.#timers.add(timer);
  }
}

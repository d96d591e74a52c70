import { expect, test } from 'vitest';
import { TransactionCoordinator } from '../../../src/broker/transactions/transaction-coordinator.ts';
import { ErrorCode, KafkaError } from '../../../src/protocol/errors.ts';
import { ManualClock } from '../../../src/util/clock.ts';
import { silentLogger } from '../../../src/util/logger.ts';

test('a marker that cannot be written is tried again, and until then the transaction is not complete', async () => {
  const clock = new ManualClock();
  const answers = [ErrorCode.KAFKA_STORAGE_ERROR, ErrorCode.NONE];
  const transactions = new TransactionCoordinator({
    config: {
      transactionMaxTimeoutMs: 900_000,
      transactionalIdExpirationMs: 604_800_000,
      transactionAbortTimedOutCleanupIntervalMs: 10_000,
      transactionRemoveExpiredCleanupIntervalMs: 3_600_000,
    },
    clock,
    logger: silentLogger,
    store: {
      prepare: () => {},
      partitionFor: () => 0,
      coordinatorEpoch: () => 0,
      append: () => {},
      async *read() {},
    },
    transactions: new Map(),
    transactionVersion: 2,
    newProducerId: () => 5,
    writeMarker: () => answers.shift()!,
  });
  await transactions.load();
  const producer = transactions.initProducerId('tx', 1000);
  const partitions = [{ topic: 't', partition: 0 }];
  transactions.addPartitions('tx', { ...producer, partitions, transactionVersion: 2 });
  const end = { ...producer, committed: true, transactionVersion: 2 };
  expect(transactions.end('tx', end)).toMatchObject({ producerId: 5, producerEpoch: 1 });
  expect(transactions.describe('tx').state).toBe('PrepareCommit');
  const concurrent = new KafkaError(ErrorCode.CONCURRENT_TRANSACTIONS);
  expect(() => transactions.initProducerId('tx', 1000)).toThrow(concurrent);
  expect(() => transactions.end('tx', end)).toThrow(concurrent);
  clock.advance(1000);
  expect(transactions.describe('tx').state).toBe('CompleteCommit');
  expect(answers).toEqual([]);
  transactions.close();
  expect(clock.pendingTimers).toBe(0);
});

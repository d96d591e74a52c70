// Producer snapshots and indexes of aborted transactions.
import type { Files } from '../../log/files.ts';
import { CorruptSnapshot, decodeSnapshot } from '../../log/producer-snapshot.ts';
import { TransactionIndex } from '../../log/transaction-index.ts';
import { incrementSequence } from '../../protocol/records/batch.ts';
import { JavaException } from '../java-exception.ts';
import type { DumpEvent } from './event.ts';

const TRANSACTION_INDEX_VERSION = 0;
const ENTRY_BYTES = 34;

/** `<offset>.snapshot` (DumpLogSegments.dumpProducerIdSnapshot). */
export function* dumpProducers(files: Files, path: string): Generator<DumpEvent> {
  try {
    for (const { producerId, epoch, coordinatorEpoch, currentTxnFirstOffset, lastTimestamp, batches } of decodeSnapshot(
      files.readFile(path),
    )) {
      const last = batches.at(-1);
      yield {
        type: 'producer',
        producerId,
        producerEpoch: epoch,
        coordinatorEpoch,
        startOffset: currentTxnFirstOffset < 0 ? null : currentTxnFirstOffset,
        lastTimestamp,
        lastBatch: last
          ? {
              firstSequence: incrementSequence(last.lastSequence, -last.offsetDelta),
              lastSequence: last.lastSequence,
              lastOffset: last.lastOffset,
              offsetDelta: last.offsetDelta,
              timestamp: last.timestamp,
            }
          : null,
      };
    }
  } catch (error) {
    if (!(error instanceof CorruptSnapshot)) throw error;
    yield { type: 'complaint', text: error.message };
  }
}

/** `<offset>.txnindex` (DumpLogSegments.dumpTxnIndex). */
export function* dumpTransactionIndex(files: Files, path: string): Generator<DumpEvent> {
  if (files.stat(path) === undefined) return;
  checkVersions(files.readFile(path), path);
  for (const { producerId, firstOffset, lastOffset, lastStableOffset } of new TransactionIndex(files, path, true)
    .aborted)
    yield {
      type: 'aborted-transaction',
      version: TRANSACTION_INDEX_VERSION,
      ...{ producerId, firstOffset, lastOffset, lastStableOffset },
    };
}

/** Of the two bytes that a version has Kafka looks at the first (AbortedTxn.version, 4.3.1). */
function checkVersions(bytes: Buffer, path: string): void {
  for (let at = 0; at + ENTRY_BYTES <= bytes.length; at += ENTRY_BYTES) {
    const version = bytes.readInt8(at);
    if (version > TRANSACTION_INDEX_VERSION)
      throw new JavaException(
        'org.apache.kafka.common.KafkaException',
        `Unexpected aborted transaction version ${version} in transaction index ${path}, current version is ${TRANSACTION_INDEX_VERSION}`,
      );
  }
}

// Producer snapshots and indexes of aborted transactions.
import type { Files } from '../../log/files.ts';
import { CorruptSnapshot, decodeSnapshot } from '../../log/producer-snapshot.ts';
import { decrementSequence } from '../../protocol/records/batch.ts';
import { readLong } from '../../protocol/records/int64.ts';
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
              firstSequence: decrementSequence(last.lastSequence, last.offsetDelta),
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

/**
 * `<offset>.txnindex` (DumpLogSegments.dumpTxnIndex). Of the two bytes that a version has Kafka looks at the first (AbortedTxn.version,
 * 4.3.1).
 */
export function* dumpTransactionIndex(files: Files, path: string): Generator<DumpEvent> {
  if (files.stat(path) === undefined) return;
  const bytes = files.readFile(path);
  for (let at = 0; at + ENTRY_BYTES <= bytes.length; at += ENTRY_BYTES) {
    const version = bytes.readInt8(at);
    if (version > TRANSACTION_INDEX_VERSION)
      throw new JavaException(
        'org.apache.kafka.common.KafkaException',
        `Unexpected aborted transaction version ${version} in transaction index ${path}, current version is ${TRANSACTION_INDEX_VERSION}`,
      );
    const [producerId, firstOffset] = [readLong(bytes, at + 2), readLong(bytes, at + 10)];
    const [lastOffset, lastStableOffset] = [readLong(bytes, at + 18), readLong(bytes, at + 26)];
    yield { type: 'aborted-transaction', version, producerId, firstOffset, lastOffset, lastStableOffset };
  }
}

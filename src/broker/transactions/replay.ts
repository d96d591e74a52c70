import { isControl } from '../../protocol/records/batch.ts';
import { batches, loadCodecsFor, openRecords } from '../../protocol/records/read.ts';
import type { TransactionContext } from './context.ts';
import { readTransactionRecord } from './records.ts';

/**
 * Reads all transactional ids back.
 * @throws RecordError, LogError if the records cannot be read
 */
export async function replay(context: TransactionContext): Promise<void> {
  for await (const { batches: buf } of context.store.read()) await replayBatches(context, buf);
}

/** The same for whole batches, which must come in their order. @throws RecordError if they are damaged */
export async function replayBatches({ transactions }: TransactionContext, buf: Buffer): Promise<void> {
  await loadCodecsFor(buf);
  for (const { header, pos } of batches(buf)) {
    const cursor = openRecords(buf, pos, header);
    while (!isControl(header.attributes) && cursor.next()) {
      const record = cursor.key && readTransactionRecord(cursor.key, cursor.value);
      if (!record) continue;
      if (record.transaction) transactions.set(record.transactionalId, record.transaction);
      else transactions.delete(record.transactionalId);
    }
  }
}

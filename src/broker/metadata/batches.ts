/** A batch holds at most so many records (KafkaRaftClient and QuorumController allow 10,000). */
const MAX_RECORDS = 10_000;

/** Commits records in batches that the metadata log takes; those of one batch are there together or not at all. */
export function inBatches(values: readonly Buffer[], commit: (batch: readonly Buffer[]) => void): void {
  for (let at = 0; at < values.length; at += MAX_RECORDS) commit(values.slice(at, at + MAX_RECORDS));
}

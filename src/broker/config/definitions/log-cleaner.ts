import {
  anything,
  BOOLEAN,
  CLUSTER_WIDE,
  type ConfigDefinition,
  DOUBLE,
  INT,
  key,
  LONG,
  MEDIUM,
} from '../definition.ts';
import { atLeast, between } from '../validators.ts';

/** Compaction (CleanerConfig). */
// biome-ignore format: a table, one line per key
export const LOG_CLEANER: readonly ConfigDefinition[] = [
  key('log.cleaner.threads', INT, '1', MEDIUM, 'Threads that compact logs.', atLeast(0), CLUSTER_WIDE),
  key('log.cleaner.io.max.bytes.per.second', DOUBLE, '1.7976931348623157E308', MEDIUM, 'Limit on what compaction reads and writes.', anything, CLUSTER_WIDE),
  key('log.cleaner.dedupe.buffer.size', LONG, '134217728', MEDIUM, 'Memory for the keys that compaction remembers.', anything, CLUSTER_WIDE),
  key('log.cleaner.io.buffer.size', INT, '524288', MEDIUM, 'Memory for reading and writing during compaction.', atLeast(0), CLUSTER_WIDE),
  key('log.cleaner.io.buffer.load.factor', DOUBLE, '0.9', MEDIUM, 'How full the memory for keys may become.', anything, CLUSTER_WIDE),
  key('log.cleaner.backoff.ms', LONG, '15000', MEDIUM, 'Pause when there was nothing to compact.', atLeast(0), CLUSTER_WIDE),
  key('log.cleaner.min.cleanable.ratio', DOUBLE, '0.5', MEDIUM, 'Share of uncompacted bytes from which a log is compacted.', between(0, 1), CLUSTER_WIDE),
  key('log.cleaner.enable', BOOLEAN, 'true', MEDIUM, 'Whether logs are compacted at all.'),
  key('log.cleaner.delete.retention.ms', LONG, '86400000', MEDIUM, 'How long tombstones stay visible after compaction.', atLeast(0), CLUSTER_WIDE),
  key('log.cleaner.min.compaction.lag.ms', LONG, '0', MEDIUM, 'How long a record stays safe from compaction.', atLeast(0), CLUSTER_WIDE),
  key('log.cleaner.max.compaction.lag.ms', LONG, '9223372036854775807', MEDIUM, 'Age by which a record must have been considered for compaction.', atLeast(1), CLUSTER_WIDE),
];

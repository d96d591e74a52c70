import {
  anything,
  BOOLEAN,
  CLUSTER_WIDE,
  type ConfigDefinition,
  HIGH,
  INT,
  INTERNAL,
  key,
  LOW,
  SHORT,
} from '../definition.ts';
import { atLeast } from '../validators.ts';

/** Transactions and producer ids (TransactionLogConfig, TransactionStateManagerConfig). */
// biome-ignore format: a table, one line per key
export const TRANSACTIONS: readonly ConfigDefinition[] = [
  key('transaction.state.log.min.isr', INT, '2', HIGH, 'The min.insync.replicas of __transaction_state.', atLeast(1)),
  key('transaction.state.log.load.buffer.size', INT, '5242880', HIGH, 'Bytes read at once when transaction state is loaded.', atLeast(1)),
  key('transaction.state.log.replication.factor', SHORT, '3', HIGH, 'Replicas of __transaction_state.', atLeast(1)),
  key('transaction.state.log.num.partitions', INT, '50', HIGH, 'Partitions of __transaction_state; fixed once the topic exists.', atLeast(1)),
  key('transaction.state.log.segment.bytes', INT, '104857600', HIGH, 'Segment size of __transaction_state.', atLeast(1)),
  key('transaction.partition.verification.enable', BOOLEAN, 'true', LOW, 'Whether a partition checks that a transaction knows of it.', anything, CLUSTER_WIDE),
  key('producer.id.expiration.ms', INT, '86400000', LOW, 'How long a partition remembers an idle producer.', atLeast(1), CLUSTER_WIDE),
  key('producer.id.expiration.check.interval.ms', INT, '600000', LOW, 'Pause between two looks for idle producers.', atLeast(1), INTERNAL),
  key('transactional.id.expiration.ms', INT, '604800000', HIGH, 'How long an idle transactional id is remembered.', atLeast(1)),
  key('transaction.max.timeout.ms', INT, '900000', HIGH, 'Longest transaction timeout that a producer may ask for.', atLeast(1)),
  key('transaction.abort.timed.out.transaction.cleanup.interval.ms', INT, '10000', LOW, 'Pause between two looks for transactions that timed out.', atLeast(1)),
  key('transaction.remove.expired.transaction.cleanup.interval.ms', INT, '3600000', LOW, 'Pause between two looks for expired transactional ids.', atLeast(1)),
  key('transaction.two.phase.commit.enable', BOOLEAN, 'false', LOW, 'Whether producers may use two-phase commit (KIP-939).'),
];

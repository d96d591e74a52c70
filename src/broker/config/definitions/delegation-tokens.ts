import { type ConfigDefinition, HIGH, INT, key, LONG, LOW, MEDIUM, PASSWORD } from '../definition.ts';
import { atLeast } from '../validators.ts';

/** Delegation tokens, and adding partitions to transactions (DelegationTokenManagerConfigs, AddPartitionsToTxnConfig). */
// biome-ignore format: a table, one line per key
export const DELEGATION_TOKENS: readonly ConfigDefinition[] = [
  key('delegation.token.secret.key', PASSWORD, null, MEDIUM, 'Secret that signs delegation tokens; the same on every broker.'),
  key('delegation.token.max.lifetime.ms', LONG, '604800000', MEDIUM, 'Life that a delegation token can be renewed up to.', atLeast(1)),
  key('delegation.token.expiry.time.ms', LONG, '86400000', MEDIUM, 'Life of a delegation token without renewal.', atLeast(1)),
  key('delegation.token.expiry.check.interval.ms', LONG, '3600000', LOW, 'Pause between two looks for expired delegation tokens.', atLeast(1)),
  key('add.partitions.to.txn.retry.backoff.max.ms', INT, '100', HIGH, 'Longest wait of a partition for a transaction that is just ending.', atLeast(0)),
  key('add.partitions.to.txn.retry.backoff.ms', INT, '20', HIGH, 'Pause between two tries to add a partition to a transaction.', atLeast(1)),
];

import { byName, CLUSTER_WIDE, key, LONG, MEDIUM } from '../definition.ts';
import { atLeast } from '../validators.ts';
import { CLIENT_METRICS } from './client-metrics.ts';
import { DELEGATION_TOKENS } from './delegation-tokens.ts';
import { GROUP } from './group.ts';
import { GROUP_COORDINATOR } from './group-coordinator.ts';
import { KRAFT } from './kraft.ts';
import { LOG } from './log.ts';
import { LOG_CLEANER } from './log-cleaner.ts';
import { METRICS } from './metrics.ts';
import { MODERN_GROUPS } from './modern-groups.ts';
import { NETWORK } from './network.ts';
import { QUORUM } from './quorum.ts';
import { QUOTAS } from './quotas.ts';
import { REMOTE_STORAGE } from './remote-storage.ts';
import { REPLICATION } from './replication.ts';
import { SASL } from './sasl.ts';
import { SECURITY } from './security.ts';
import { SERVER } from './server.ts';
import { SHARE } from './share.ts';
import { TOPIC } from './topic.ts';
import { TRANSACTIONS } from './transactions.ts';

/** Every broker key of Kafka 4.3.1, in the order in which Kafka defines them: where Kafka answers in hash order, it decides among equals. */
export const BROKER_CONFIGS = byName(
  REMOTE_STORAGE,
  SERVER,
  KRAFT,
  NETWORK,
  REPLICATION,
  GROUP_COORDINATOR,
  MODERN_GROUPS,
  LOG_CLEANER,
  LOG,
  SHARE,
  TRANSACTIONS,
  QUORUM,
  METRICS,
  QUOTAS,
  SECURITY,
  SASL,
  DELEGATION_TOKENS,
);

export const TOPIC_CONFIGS = byName(TOPIC);

export const GROUP_CONFIGS = byName(GROUP);

export const CLIENT_METRICS_CONFIGS = byName(CLIENT_METRICS);

/** Keys that exist only as dynamic configuration of a broker (QuotaConfig: throttles of replication). */
// biome-ignore format: a table, one line per key
export const DYNAMIC_BROKER_CONFIGS = byName([
  key('leader.replication.throttled.rate', LONG, '9223372036854775807', MEDIUM, 'Limit on what throttled leaders send to followers, in bytes a second.', atLeast(0), CLUSTER_WIDE),
  key('follower.replication.throttled.rate', LONG, '9223372036854775807', MEDIUM, 'Limit on what throttled followers fetch, in bytes a second.', atLeast(0), CLUSTER_WIDE),
  key('replica.alter.log.dirs.io.max.bytes.per.second', LONG, '9223372036854775807', MEDIUM, 'Limit on moving replicas between data directories.', atLeast(0), CLUSTER_WIDE),
]);

import {
  anything,
  BOOLEAN,
  CLUSTER_WIDE,
  type ConfigDefinition,
  HIGH,
  INT,
  INTERNAL,
  key,
  LONG,
  MEDIUM,
  STRING,
} from '../definition.ts';
import { atLeast, oneOf } from '../validators.ts';

/** Replication between brokers (ReplicationConfigs). */
// biome-ignore format: a table, one line per key
export const REPLICATION: readonly ConfigDefinition[] = [
  key('controller.socket.timeout.ms', INT, '30000', MEDIUM, 'Socket timeout towards the controller.'),
  key('default.replication.factor', INT, '1', MEDIUM, 'Replicas of a topic created without a count.'),
  key('replica.lag.time.max.ms', LONG, '30000', HIGH, 'How long a follower may lag before it leaves the in-sync replicas.'),
  key('replica.socket.timeout.ms', INT, '30000', HIGH, 'Socket timeout of a follower\'s requests.'),
  key('replica.socket.receive.buffer.bytes', INT, '65536', HIGH, 'Receive buffer of a follower\'s connection.'),
  key('replica.fetch.max.bytes', INT, '1048576', MEDIUM, 'Bytes that a follower asks for per partition.', atLeast(0)),
  key('replica.fetch.wait.max.ms', INT, '500', HIGH, 'How long the leader may hold a follower\'s fetch.'),
  key('replica.fetch.backoff.ms', INT, '1000', MEDIUM, 'Pause of a follower after a failed fetch.', atLeast(0)),
  key('replica.fetch.min.bytes', INT, '1', HIGH, 'Bytes that a follower waits for.'),
  key('replica.fetch.response.max.bytes', INT, '10485760', MEDIUM, 'Bytes that a follower asks for in all.', atLeast(0)),
  key('num.replica.fetchers', INT, '1', HIGH, 'Threads that fetch from each leader.', atLeast(1), CLUSTER_WIDE),
  key('replica.high.watermark.checkpoint.interval.ms', LONG, '5000', HIGH, 'Pause between two writings of the high watermarks to disk.'),
  key('fetch.purgatory.purge.interval.requests', INT, '1000', MEDIUM, 'Finished fetches after which the waiting list is tidied.'),
  key('producer.purgatory.purge.interval.requests', INT, '1000', MEDIUM, 'Finished produces after which the waiting list is tidied.'),
  key('delete.records.purgatory.purge.interval.requests', INT, '1', MEDIUM, 'Finished record deletions after which the waiting list is tidied.'),
  key('auto.leader.rebalance.enable', BOOLEAN, 'true', HIGH, 'Whether leadership moves back to preferred leaders by itself.'),
  key('leader.imbalance.check.interval.seconds', LONG, '300', HIGH, 'Pause between two checks for leadership to move back.', atLeast(1)),
  key('unclean.leader.election.interval.ms', LONG, '300000', MEDIUM, 'Pause between two looks for partitions that need an unclean election.', atLeast(1), INTERNAL),
  key('unclean.leader.election.enable', BOOLEAN, 'false', HIGH, 'Whether a replica that is not in sync may lead when no other is left, at the price of records.', anything, CLUSTER_WIDE),
  key('security.inter.broker.protocol', STRING, 'PLAINTEXT', MEDIUM, 'Security protocol between brokers; excludes inter.broker.listener.name.', oneOf('PLAINTEXT', 'SSL', 'SASL_PLAINTEXT', 'SASL_SSL')),
  key('inter.broker.listener.name', STRING, null, MEDIUM, 'Listener that brokers use among themselves.'),
  key('replica.selector.class', STRING, null, MEDIUM, 'Class that chooses the replica a consumer reads from.'),
  key('follower.fetch.last.tiered.offset.enable', BOOLEAN, 'false', MEDIUM, 'Whether a new follower begins at the end of what is in remote storage.', anything, CLUSTER_WIDE),
];

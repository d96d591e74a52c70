import {
  anything,
  CLUSTER_WIDE,
  type ConfigDefinition,
  HIGH,
  INT,
  INTERNAL,
  key,
  LOW,
  MEDIUM,
  SHORT,
  STRING,
} from '../definition.ts';
import { atLeast, between } from '../validators.ts';

/** Delivery in share groups and the share coordinator (ShareGroupConfig, ShareCoordinatorConfig). */
// biome-ignore format: a table, one line per key
export const SHARE: readonly ConfigDefinition[] = [
  key('group.share.delivery.count.limit', INT, '5', MEDIUM, 'How often a share group delivers a record.', between(2, 10)),
  key('group.share.max.delivery.count.limit', INT, '10', MEDIUM, 'Greatest value of a group\'s share.delivery.count.limit.', between(5, 25)),
  key('group.share.min.delivery.count.limit', INT, '2', MEDIUM, 'Least value of a group\'s share.delivery.count.limit.', between(2, 5)),
  key('group.share.record.lock.duration.ms', INT, '30000', MEDIUM, 'How long a share group\'s member holds a record.', between(1000, 3600000)),
  key('group.share.min.record.lock.duration.ms', INT, '15000', MEDIUM, 'Least value of a group\'s share.record.lock.duration.ms.', between(1000, 30000)),
  key('group.share.max.record.lock.duration.ms', INT, '60000', MEDIUM, 'Greatest value of a group\'s share.record.lock.duration.ms.', between(30000, 3600000)),
  key('group.share.partition.max.record.locks', INT, '2000', MEDIUM, 'Records of a partition in flight in a share group.', between(100, 10000)),
  key('group.share.max.partition.max.record.locks', INT, '4000', MEDIUM, 'Greatest value of a group\'s share.partition.max.record.locks.', between(2000, 10000)),
  key('group.share.min.partition.max.record.locks', INT, '100', MEDIUM, 'Least value of a group\'s share.partition.max.record.locks.', between(100, 2000)),
  key('share.fetch.purgatory.purge.interval.requests', INT, '1000', MEDIUM, 'Finished share fetches after which the waiting list is tidied.'),
  key('group.share.max.share.sessions', INT, '2000', MEDIUM, 'Share sessions kept at once.', atLeast(1)),
  key('group.share.persister.class.name', STRING, 'org.apache.kafka.server.share.persister.DefaultStatePersister', MEDIUM, 'Class that keeps the state of share groups.', anything, INTERNAL),
  key('share.coordinator.state.topic.num.partitions', INT, '50', HIGH, 'Partitions of __share_group_state; fixed once the topic exists.', atLeast(1)),
  key('share.coordinator.state.topic.replication.factor', SHORT, '3', HIGH, 'Replicas of __share_group_state.', atLeast(1)),
  key('share.coordinator.state.topic.min.isr', SHORT, '2', HIGH, 'The min.insync.replicas of __share_group_state.', atLeast(1)),
  key('share.coordinator.state.topic.segment.bytes', INT, '104857600', HIGH, 'Segment size of __share_group_state.', atLeast(1)),
  key('share.coordinator.threads', INT, '1', MEDIUM, 'Threads of the share coordinator.', atLeast(1)),
  key('share.coordinator.snapshot.update.records.per.snapshot', INT, '500', MEDIUM, 'Updates between two snapshots of a share partition.', between(0, 500)),
  key('share.coordinator.load.buffer.size', INT, '5242880', HIGH, 'Bytes read at once when share state is loaded.', atLeast(1)),
  key('share.coordinator.state.topic.compression.codec', INT, '0', HIGH, 'Codec of __share_group_state by number; 0 = none.'),
  key('share.coordinator.append.linger.ms', INT, '-1', MEDIUM, 'How long the share coordinator collects writes; -1 = as long as it is busy.', atLeast(-1)),
  key('share.coordinator.write.timeout.ms', INT, '5000', HIGH, 'How long a write of share state may take.', atLeast(1)),
  key('share.coordinator.state.topic.prune.interval.ms', INT, '300000', LOW, 'Pause between two prunings of __share_group_state.', atLeast(1), INTERNAL),
  key('share.coordinator.cold.partition.snapshot.interval.ms', INT, '300000', LOW, 'Pause between two snapshots of idle share partitions.', atLeast(1), INTERNAL),
  key('share.coordinator.cached.buffer.max.bytes', INT, '1048588', MEDIUM, 'Largest write buffer that the share coordinator keeps for reuse.', atLeast(524288), CLUSTER_WIDE),
];

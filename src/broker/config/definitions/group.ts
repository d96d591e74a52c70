import { BOOLEAN, type ConfigDefinition, INT, key, MEDIUM, STRING } from '../definition.ts';
import { atLeast, oneOf, shareOffsetReset } from '../validators.ts';

/** Group configs (GroupConfig, KIP-848 and later). */
// biome-ignore format: a table, one line per key
export const GROUP: readonly ConfigDefinition[] = [
  key('consumer.session.timeout.ms', INT, '45000', MEDIUM, 'How long a member without heartbeats stays in a consumer group.', atLeast(1)),
  key('consumer.heartbeat.interval.ms', INT, '5000', MEDIUM, 'Heartbeat interval told to members of a consumer group.', atLeast(1)),
  key('consumer.assignment.interval.ms', INT, '1000', MEDIUM, 'Least time between two assignments of a consumer group.', atLeast(0)),
  key('share.session.timeout.ms', INT, '45000', MEDIUM, 'How long a member without heartbeats stays in a share group.', atLeast(1)),
  key('share.heartbeat.interval.ms', INT, '5000', MEDIUM, 'Heartbeat interval told to members of a share group.', atLeast(1)),
  key('share.record.lock.duration.ms', INT, '30000', MEDIUM, 'How long a member holds a record.', atLeast(1000)),
  key('share.delivery.count.limit', INT, '5', MEDIUM, 'How often a record is delivered.', atLeast(2)),
  key('share.partition.max.record.locks', INT, '2000', MEDIUM, 'Records of a partition in flight.', atLeast(100)),
  key('share.auto.offset.reset', STRING, 'latest', MEDIUM, 'Where a share group begins: earliest, latest or by_duration:PnDTnHnMn.nS.', shareOffsetReset),
  key('share.isolation.level', STRING, 'read_uncommitted', MEDIUM, 'Whether records of open transactions are delivered.', oneOf('read_committed', 'read_uncommitted')),
  key('share.renew.acknowledge.enable', BOOLEAN, 'true', MEDIUM, 'Whether members may prolong their hold on a record.'),
  key('share.assignment.interval.ms', INT, '1000', MEDIUM, 'Least time between two assignments of a share group.', atLeast(0)),
  key('streams.session.timeout.ms', INT, '45000', MEDIUM, 'How long a member without heartbeats stays in a streams group.', atLeast(1)),
  key('streams.heartbeat.interval.ms', INT, '5000', MEDIUM, 'Heartbeat interval told to members of a streams group.', atLeast(1)),
  key('streams.num.standby.replicas', INT, '0', MEDIUM, 'Standby replicas of each task.', atLeast(0)),
  key('streams.initial.rebalance.delay.ms', INT, '3000', MEDIUM, 'How long a new streams group waits for further members.', atLeast(0)),
  key('streams.assignment.interval.ms', INT, '1000', MEDIUM, 'Least time between two assignments of a streams group.', atLeast(0)),
];

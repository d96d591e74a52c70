import { CLUSTER_WIDE, type ConfigDefinition, INT, INTERNAL, key, LIST, LOW, MEDIUM } from '../definition.ts';
import { atLeast, between, listOf } from '../validators.ts';

/** Share and streams groups in the group coordinator (GroupCoordinatorConfig). */
// biome-ignore format: a table, one line per key
export const MODERN_GROUPS: readonly ConfigDefinition[] = [
  key('group.share.session.timeout.ms', INT, '45000', MEDIUM, 'Session timeout of members of share groups (KIP-932).', atLeast(1)),
  key('group.share.min.session.timeout.ms', INT, '45000', MEDIUM, 'Least value of a group\'s share.session.timeout.ms.', atLeast(1)),
  key('group.share.max.session.timeout.ms', INT, '60000', MEDIUM, 'Greatest value of a group\'s share.session.timeout.ms.', atLeast(1)),
  key('group.share.heartbeat.interval.ms', INT, '5000', MEDIUM, 'Heartbeat interval told to members of share groups.', atLeast(1)),
  key('group.share.min.heartbeat.interval.ms', INT, '5000', MEDIUM, 'Least value of a group\'s share.heartbeat.interval.ms.', atLeast(1)),
  key('group.share.max.heartbeat.interval.ms', INT, '15000', MEDIUM, 'Greatest value of a group\'s share.heartbeat.interval.ms.', atLeast(1)),
  key('group.share.max.size', INT, '200', MEDIUM, 'Most members of a share group.', between(1, 1000)),
  key('group.share.assignors', LIST, 'simple', MEDIUM, 'Server-side assignors of share groups.', listOf([], { notEmpty: true })),
  key('group.share.assignment.interval.ms', INT, '1000', MEDIUM, 'Least time between two assignments of a share group.', atLeast(0), CLUSTER_WIDE),
  key('group.share.min.assignment.interval.ms', INT, '0', MEDIUM, 'Least value of a group\'s share.assignment.interval.ms.', atLeast(0)),
  key('group.share.max.assignment.interval.ms', INT, '15000', MEDIUM, 'Greatest value of a group\'s share.assignment.interval.ms.', atLeast(0)),
  key('group.share.initialize.retry.interval.ms', INT, '30000', LOW, 'Pause before the initialization of a share partition is tried again.', atLeast(1), INTERNAL),
  key('group.streams.session.timeout.ms', INT, '45000', MEDIUM, 'Session timeout of members of streams groups (KIP-1071).', atLeast(1)),
  key('group.streams.min.session.timeout.ms', INT, '45000', MEDIUM, 'Least value of a group\'s streams.session.timeout.ms.', atLeast(1)),
  key('group.streams.max.session.timeout.ms', INT, '60000', MEDIUM, 'Greatest value of a group\'s streams.session.timeout.ms.', atLeast(1)),
  key('group.streams.heartbeat.interval.ms', INT, '5000', MEDIUM, 'Heartbeat interval told to members of streams groups.', atLeast(1)),
  key('group.streams.min.heartbeat.interval.ms', INT, '5000', MEDIUM, 'Least value of a group\'s streams.heartbeat.interval.ms.', atLeast(1)),
  key('group.streams.max.heartbeat.interval.ms', INT, '15000', MEDIUM, 'Greatest value of a group\'s streams.heartbeat.interval.ms.', atLeast(1)),
  key('group.streams.max.size', INT, '2147483647', MEDIUM, 'Most members of a streams group.', atLeast(1)),
  key('group.streams.num.standby.replicas', INT, '0', MEDIUM, 'Standby replicas of each task.', atLeast(0)),
  key('group.streams.max.standby.replicas', INT, '2', MEDIUM, 'Greatest value of a group\'s streams.num.standby.replicas.', atLeast(0)),
  key('group.streams.initial.rebalance.delay.ms', INT, '3000', MEDIUM, 'How long a new streams group waits for further members.', atLeast(0)),
  key('group.streams.assignment.interval.ms', INT, '1000', MEDIUM, 'Least time between two assignments of a streams group.', atLeast(0), CLUSTER_WIDE),
  key('group.streams.min.assignment.interval.ms', INT, '0', MEDIUM, 'Least value of a group\'s streams.assignment.interval.ms.', atLeast(0)),
  key('group.streams.max.assignment.interval.ms', INT, '15000', MEDIUM, 'Greatest value of a group\'s streams.assignment.interval.ms.', atLeast(0)),
];

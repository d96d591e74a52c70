import {
  anything,
  type ConfigDefinition,
  HIGH,
  INT,
  INTERNAL,
  key,
  LIST,
  LONG,
  LOW,
  MEDIUM,
  mandatory,
  STRING,
} from '../definition.ts';
import { atLeast, listOf } from '../validators.ts';

/** Roles, controller and metadata log (KRaftConfigs, MetadataLogConfig). */
// biome-ignore format: a table, one line per key
export const KRAFT: readonly ConfigDefinition[] = [
  key('process.roles', LIST, mandatory, HIGH, 'What this process is: broker, controller or both.', listOf(['broker', 'controller'], { notEmpty: true })),
  key('node.id', INT, mandatory, HIGH, 'The number of this node in the cluster.', atLeast(0)),
  key('initial.broker.registration.timeout.ms', INT, '60000', MEDIUM, 'How long a starting broker tries to register with the controller.'),
  key('broker.heartbeat.interval.ms', INT, '2000', MEDIUM, 'Pause between a broker\'s heartbeats to the controller.'),
  key('broker.session.timeout.ms', INT, '9000', MEDIUM, 'How long a broker without heartbeats counts as alive.'),
  key('controller.listener.names', LIST, mandatory, HIGH, 'Names of the listeners that serve the controller.', listOf([], { notEmpty: true })),
  key('sasl.mechanism.controller.protocol', STRING, 'GSSAPI', HIGH, 'SASL mechanism for talking to controllers.'),
  key('controller.performance.sample.period.ms', LONG, '60000', MEDIUM, 'Period over which slow controller events are counted.', atLeast(100), INTERNAL),
  key('controller.performance.always.log.threshold.ms', LONG, '2000', MEDIUM, 'Controller events slower than this are always logged.', atLeast(0), INTERNAL),
  key('server.max.startup.time.ms', LONG, '9223372036854775807', MEDIUM, 'How long a start may take before it counts as failed.', atLeast(0), INTERNAL),
  key('metadata.log.max.record.bytes.between.snapshots', LONG, '20971520', HIGH, 'Bytes of metadata records after which a snapshot is written.', atLeast(1)),
  key('metadata.log.max.snapshot.interval.ms', LONG, '3600000', HIGH, 'Time after which a metadata snapshot is written if anything changed; 0 = never by time.', atLeast(0)),
  key('metadata.log.dir', STRING, null, HIGH, 'Directory of the metadata log; unset = the first of log.dirs.'),
  key('metadata.log.segment.bytes', INT, '1073741824', HIGH, 'Size at which a segment of the metadata log is closed.', atLeast(8388608)),
  key('metadata.log.segment.ms', LONG, '604800000', HIGH, 'Age at which a segment of the metadata log is closed.'),
  key('metadata.max.retention.bytes', LONG, '104857600', HIGH, 'Bytes of metadata log and snapshots kept.'),
  key('metadata.max.retention.ms', LONG, '604800000', HIGH, 'How long old metadata log and snapshots are kept.'),
  key('metadata.max.idle.interval.ms', INT, '500', LOW, 'Pause after which an idle controller writes a no-op record; 0 = never.', atLeast(0)),
  key('internal.metadata.log.segment.bytes', INT, null, LOW, 'Segment size of the metadata log, for Kafka\'s own tests.', anything, INTERNAL),
  key('internal.metadata.max.batch.size.in.bytes', INT, '8388608', LOW, 'Largest batch of the metadata log, for Kafka\'s own tests.', anything, INTERNAL),
  key('internal.metadata.delete.delay.millis', LONG, '60000', LOW, 'Delay before deleted metadata files vanish, for Kafka\'s own tests.', anything, INTERNAL),
];

import {
  anything,
  BOOLEAN,
  CLUSTER_WIDE,
  type ConfigDefinition,
  HIGH,
  INT,
  INTERNAL,
  key,
  LIST,
  LONG,
  LOW,
  MEDIUM,
  STRING,
} from '../definition.ts';
import { atLeast, between, gzipLevel, listOf, nonNullString, oneOf } from '../validators.ts';

/** The broker as a whole (ServerConfigs). */
// biome-ignore format: a table, one line per key
export const SERVER: readonly ConfigDefinition[] = [
  key('broker.id', INT, '-1', HIGH, 'The old name of node.id.'),
  key('message.max.bytes', INT, '1048588', HIGH, 'Largest record batch that a topic accepts unless the topic says otherwise.', atLeast(0), CLUSTER_WIDE),
  key('num.io.threads', INT, '8', HIGH, 'Threads that work on requests.', atLeast(1), CLUSTER_WIDE),
  key('num.replica.alter.log.dirs.threads', INT, null, HIGH, 'Threads that move replicas between data directories; unset = one per directory.'),
  key('background.threads', INT, '10', HIGH, 'Threads for housekeeping.', atLeast(1), CLUSTER_WIDE),
  key('request.timeout.ms', INT, '30000', HIGH, 'How long this node waits for the answer to a request it sent.'),
  key('socket.connection.setup.timeout.ms', LONG, '10000', MEDIUM, 'How long this node waits for an outgoing connection.'),
  key('socket.connection.setup.timeout.max.ms', LONG, '30000', MEDIUM, 'Longest wait for an outgoing connection after repeated failures.'),
  key('config.providers', LIST, '', LOW, 'Names of plugins that fill in variables in configuration values.', listOf([]), CLUSTER_WIDE),
  key('authorizer.class.name', STRING, '', LOW, 'Class that decides who may do what; empty = everybody everything.', nonNullString),
  key('early.start.listeners', LIST, null, HIGH, 'Listeners opened before the authorizer is ready.', listOf([], { orNull: true })),
  key('broker.rack', STRING, null, MEDIUM, 'The rack of this broker, for rack-aware placement and fetching.'),
  key('controlled.shutdown.enable', BOOLEAN, 'true', MEDIUM, 'Whether leadership is handed over before the broker stops.'),
  key('delete.topic.enable', BOOLEAN, 'true', HIGH, 'Whether topics can be deleted.'),
  key('compression.type', STRING, 'producer', HIGH, 'Codec that batches are stored with unless the topic says otherwise; producer = as they came.', oneOf('uncompressed', 'zstd', 'lz4', 'snappy', 'gzip', 'producer'), CLUSTER_WIDE),
  key('compression.gzip.level', INT, '-1', MEDIUM, 'Level for compression.type=gzip; -1 = the codec\'s own default.', gzipLevel, CLUSTER_WIDE),
  key('compression.lz4.level', INT, '9', MEDIUM, 'Level for compression.type=lz4.', between(1, 17), CLUSTER_WIDE),
  key('compression.zstd.level', INT, '3', MEDIUM, 'Level for compression.type=zstd.', between(-131072, 22), CLUSTER_WIDE),
  key('max.incremental.fetch.session.cache.slots', INT, '1000', MEDIUM, 'Fetch sessions kept at once (KIP-227).', atLeast(0)),
  key('fetch.max.bytes', INT, '57671680', MEDIUM, 'Most bytes of records in one fetch answer.', atLeast(1024)),
  key('max.request.partition.size.limit', INT, '2000', MEDIUM, 'Most partitions described in one DescribeTopicPartitions answer.', atLeast(1)),
  key('unstable.api.versions.enable', BOOLEAN, 'false', HIGH, 'Whether API versions still under development are served.', anything, INTERNAL),
  key('unstable.feature.versions.enable', BOOLEAN, 'false', HIGH, 'Whether feature levels still under development may be used.', anything, INTERNAL),
];

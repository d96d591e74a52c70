import {
  anything,
  CLUSTER_WIDE,
  type ConfigDefinition,
  HIGH,
  INT,
  key,
  LIST,
  LONG,
  LOW,
  MEDIUM,
  PER_BROKER,
  STRING,
} from '../definition.ts';
import { atLeast, listOf } from '../validators.ts';

/** Listeners, sockets and connections (SocketServerConfigs). */
// biome-ignore format: a table, one line per key
export const NETWORK: readonly ConfigDefinition[] = [
  key('listeners', LIST, 'PLAINTEXT://:9092', HIGH, 'Addresses to listen on, as NAME://host:port, separated by commas; port 0 takes a free one.', listOf([], { notEmpty: true }), PER_BROKER),
  key('advertised.listeners', LIST, null, HIGH, 'Addresses told to clients; unset = as listeners.', listOf([], { notEmpty: true, orNull: true })),
  key('listener.security.protocol.map', STRING, 'SASL_SSL:SASL_SSL,PLAINTEXT:PLAINTEXT,SSL:SSL,SASL_PLAINTEXT:SASL_PLAINTEXT', LOW, 'Security protocol of each listener name, as NAME:PROTOCOL.', anything, PER_BROKER),
  key('socket.send.buffer.bytes', INT, '102400', HIGH, 'Send buffer of a connection; -1 = what the operating system does.'),
  key('socket.receive.buffer.bytes', INT, '102400', HIGH, 'Receive buffer of a connection; -1 = what the operating system does.'),
  key('socket.request.max.bytes', INT, '104857600', HIGH, 'Largest request that is read; a larger one ends the connection.', atLeast(1)),
  key('socket.listen.backlog.size', INT, '50', MEDIUM, 'Connections that may wait to be accepted.', atLeast(1)),
  key('max.connections.per.ip', INT, '2147483647', MEDIUM, 'Most connections from one address.', atLeast(0), CLUSTER_WIDE),
  key('max.connections.per.ip.overrides', STRING, '', MEDIUM, 'Other limits for some addresses, as host:count.', anything, CLUSTER_WIDE),
  key('max.connections', INT, '2147483647', MEDIUM, 'Most connections to the broker.', atLeast(0), CLUSTER_WIDE),
  key('max.connection.creation.rate', INT, '2147483647', MEDIUM, 'Most new connections a second.', atLeast(0), CLUSTER_WIDE),
  key('connections.max.idle.ms', LONG, '600000', MEDIUM, 'How long a silent connection is kept.'),
  key('connection.failed.authentication.delay.ms', INT, '100', LOW, 'How long a connection whose authentication failed is held before it is closed.', atLeast(0)),
  key('queued.max.requests', INT, '500', HIGH, 'Requests that may wait before the sockets are no longer read.', atLeast(1)),
  key('queued.max.request.bytes', LONG, '-1', MEDIUM, 'Bytes of requests that may wait before the sockets are no longer read; -1 = no limit.'),
  key('num.network.threads', INT, '3', HIGH, 'Threads that read and write sockets, per listener.', atLeast(1), CLUSTER_WIDE),
];

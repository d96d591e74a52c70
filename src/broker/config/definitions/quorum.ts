import { BOOLEAN, type ConfigDefinition, HIGH, INT, key, LIST, LOW, MEDIUM } from '../definition.ts';
import { addresses, atLeast } from '../validators.ts';

/** The controller quorum (QuorumConfig). */
// biome-ignore format: a table, one line per key
export const QUORUM: readonly ConfigDefinition[] = [
  key('controller.quorum.voters', LIST, '', HIGH, 'The controllers, as id@host:port; for a static quorum.', addresses('{id}@{host}:{port}')),
  key('controller.quorum.bootstrap.servers', LIST, '', HIGH, 'Addresses of controllers to begin with; for a dynamic quorum.', addresses('{host}:{port}')),
  key('controller.quorum.election.timeout.ms', INT, '1000', HIGH, 'How long a controller waits for an election to succeed.', atLeast(0)),
  key('controller.quorum.fetch.timeout.ms', INT, '2000', HIGH, 'How long a controller waits for its leader before it calls an election.', atLeast(0)),
  key('controller.quorum.election.backoff.max.ms', INT, '1000', HIGH, 'Longest pause before another election.', atLeast(0)),
  key('controller.quorum.append.linger.ms', INT, '25', MEDIUM, 'How long the leading controller collects writes.', atLeast(0)),
  key('controller.quorum.request.timeout.ms', INT, '2000', MEDIUM, 'How long a controller waits for an answer.', atLeast(0)),
  key('controller.quorum.retry.backoff.ms', INT, '20', LOW, 'Pause before a controller repeats a request.', atLeast(0)),
  key('controller.quorum.auto.join.enable', BOOLEAN, 'false', LOW, 'Whether a controller joins the quorum by itself.'),
  key('controller.quorum.fetch.snapshot.max.bytes', INT, '1048576', LOW, 'Bytes of a snapshot that are fetched at once.', atLeast(1)),
  key('controller.quorum.fetch.max.bytes', INT, '1048576', LOW, 'Bytes of the metadata log that are fetched at once.', atLeast(1)),
];

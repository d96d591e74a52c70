/** Entries whose answers need a process, or standard input, of their own: test/e2e/json-documents.test.ts. */
export const IN_PROCESSES: readonly string[] = [
  'console-producer',
  'replica-verification',
  'server start',
  'server start --broker',
  'server status',
  'server stop',
  'server stop --broker',
];

const TASKS = ['standby', 'warmup'].flatMap((kind) =>
  ['assignment', 'targetAssignment'].flatMap((what) =>
    ['subtopologyId', 'partitions[]'].map((name) => `$[].members[].${what}.${kind}[].${name}`),
  ),
);
const MOVED = ['topic', 'partition', 'broker', 'logDir'].map((name) => `$.logDirMoves[].${name}`);
const OBSERVERS = ['id', 'directoryId', 'endpoints[].name', 'endpoints[].host', 'endpoints[].port'];
const of = (entry: string, paths: readonly string[]): string[] => paths.map((path) => `${entry} ${path}`);

/** Rates are null where what is measured is over within a millisecond; their values: test/tools/*-perf-test. */
export const isAtTimes = (path: string): boolean => /PerSec$/.test(path);

/** What no answer here has; where a line has one of several shapes, its number comes first. */
export const NEVER_HERE: readonly string[] = [
  // A broker that does not answer, or a user, that others do.
  ...of('broker-api-versions', ['$[].error']),
  ...of('configs --describe users, clients, ips', ['$.scram[].error']),
  // A disk that fails, and moves between disks that take their time.
  ...of('log-dirs', ['$[].logDirs[].error']),
  ...of('reassign-partitions --verify', ['$.logDirMoves[].futureLogDir']),
  ...of('reassign-partitions --cancel', MOVED),
  // A dynamic quorum with controllers that only follow.
  ...of('metadata-quorum describe --replication', ['$[].directoryId']),
  ...of('metadata-quorum describe --status', [
    '$.voters[].directoryId',
    ...OBSERVERS.map((name) => `$.observers[].${name}`),
  ]),
  // Members with tasks that stand by, and a producer that a coordinator has written a marker for.
  ...of('streams-groups --describe --members', TASKS),
  ...of('transactions find-hanging', ['$[].coordinatorEpoch']),
  // A snapshot of the metadata log, a compacted transaction, an open one in a snapshot of producers.
  ...of('dump-log', ['2 $.endOffset', '2 $.epoch', '3 $.deleteHorizonMs', '9 $.startOffset']),
  // Offsets that a group in motion refuses.
  ...of('verifiable-consumer', ['5 $.error']),
  ...of('verifiable-share-consumer', ['4 $.error']),
];

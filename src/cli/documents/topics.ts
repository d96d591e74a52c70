import type { Documents } from './document.ts';

const PARTITION = `{partition: number, leader: number|null, replicas: [number], isr: [number], elr: [number]|null, lastKnownElr: [number]|null, addingReplicas?: [number], removingReplicas?: [number]}`;
const SYNONYM = '{name: string, value: string|null, source: string}';
const CONFIG = `{name: string, value: string|null, source: string, sensitive: boolean, readOnly: boolean, synonyms: [${SYNONYM}]}`;
const CREDENTIALS = '[{mechanism: string, iterations: number}]';
const PLAN =
  '{version: number, partitions: [{topic: string, partition: number, replicas: [number], log_dirs: [string]}]}';
const MOVE = 'topic: string, partition: number, broker: number, logDir: string';

/** Of what topics and partitions are, where they lie and how they are set. */
export const topicDocuments: Documents = {
  'topics --list': '[string]',
  'topics --describe': `[{topic: string, topicId: string, partitionCount: number, replicationFactor: number, configs: {*: string}, partitions: [${PARTITION}]}]`,
  'topics --create': '{topic: string, created: boolean}',
  'topics --alter': '{topics: [string], partitions: number}',
  'topics --delete': '{topics: [string]}',
  'configs --describe': `[{type: string, name: string|null, configs: [${CONFIG}]}]`,
  'configs --describe users, clients, ips': `{quotas: [{entity: {*: string|null}, quotas: {*: number}}], scram: [{user: string, credentials: ${CREDENTIALS}|null, error?: string}]}`,
  'configs --alter': '{entity: [{type: string, name: string|null}], added: {*: string|null}, removed: [string]}',
  'client-metrics --list': '[string]',
  'client-metrics --describe': '[{name: string, configs: {*: string}}]',
  'client-metrics --alter': '{name: string, configs: {*: string}}',
  'client-metrics --delete': '{name: string}',
  'get-offsets': '[{topic: string, partition: number, offset: number}]',
  'delete-records': '[{topic: string, partition: number, lowWatermark: number|null, error?: string}]',
  'log-dirs':
    '[{broker: number, logDirs: [{logDir: string, error: string|null, partitions: [{topic: string, partition: number, size: number, offsetLag: number, isFuture: boolean}]}]}]',
  'leader-election': "[{topic: string, partition: number, result: 'elected'|'notNeeded'|'failed', error?: string}]",
  'reassign-partitions --generate': `{current: ${PLAN}, proposed: ${PLAN}}`,
  'reassign-partitions --execute': `{current: ${PLAN}, partitions: [{topic: string, partition: number}], logDirMoves: [{${MOVE}}]}`,
  'reassign-partitions --verify': `{partitions: [{topic: string, partition: number, state: 'completed'|'inProgress'|'different', replicas: [number], targetReplicas: [number]}], logDirMoves: [{${MOVE}, state: 'completed'|'inProgress'|'different'|'offline', currentLogDir: string|null, futureLogDir: string|null}]}`,
  'reassign-partitions --cancel': `{partitions: [{topic: string, partition: number}], logDirMoves: [{${MOVE}}]}`,
  'reassign-partitions --list':
    '[{topic: string, partition: number, replicas: [number], addingReplicas: [number], removingReplicas: [number]}]',
  'replica-verification': {
    lines: [
      "{type: 'started', time: number}",
      "{type: 'lag', maxLag: number|null, topic: string|null, partition: number|null, offset: number|null, partitions: number, time: number}",
      "{type: 'different-offset', topic: string, partition: number, replicas: [{broker: number, offset: number}], time: number}",
      "{type: 'different-checksum', topic: string, partition: number, offset: number, replicas: [{broker: number, checksum: number}], time: number}",
      '{error: string}',
    ],
  },
};

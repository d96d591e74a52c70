import type { Documents } from './document.ts';

const COORDINATOR = 'coordinator: {id: number, host: string, port: number}';
const OFFSETS = '[{topic: string, partition: number, offset: number}]';
const PARTITIONS = '[{topic: string, partition: number}]';
const DELETED = 'group: string, deleted: boolean, error?: string';
const OFFSETS_DELETED =
  '{group: string, partitions: [{topic: string, partition: number|null, deleted: boolean, error?: string}]}';
const TASKS = '[{subtopologyId: string, partitions: [number]}]';
const ASSIGNMENT = `{active: ${TASKS}, standby: ${TASKS}, warmup: ${TASKS}}`;
const RESET = `{executed: boolean, groups: [{group: string, offsets: ${OFFSETS}, error?: string}]}`;

/** Of groups of all kinds, and of transactions. */
export const groupDocuments: Documents = {
  'groups --list': '[{group: string, type: string, protocol: string|null}]',
  'consumer-groups --list': '[{group: string, type: string, state: string}]',
  'consumer-groups --describe':
    '[{group: string, state: string, partitions: [{topic: string, partition: number, leaderEpoch: number|null, currentOffset: number|null, logEndOffset: number|null, lag: number|null, memberId: string|null, host: string|null, clientId: string|null}]}]',
  'consumer-groups --describe --state': `[{group: string, ${COORDINATOR}, assignmentStrategy: string|null, state: string, groupEpoch: number|null, targetAssignmentEpoch: number|null, members: number}]`,
  'consumer-groups --describe --members': `[{group: string, state: string, targetAssignmentEpoch: number|null, members: [{memberId: string, groupInstanceId: string|null, host: string, clientId: string, memberEpoch: number|null, upgraded: boolean|null, assignment: ${PARTITIONS}, targetAssignment: ${PARTITIONS}|null}]}]`,
  'consumer-groups --reset-offsets': RESET,
  'consumer-groups --delete-offsets': OFFSETS_DELETED,
  'consumer-groups --delete': `[{${DELETED}}]`,
  'consumer-groups --validate-regex': '{regex: string, valid: boolean, error?: string}',
  'share-groups --list': '[{group: string, state: string}]',
  'share-groups --describe':
    '[{group: string, state: string, partitions: [{topic: string, partition: number, leaderEpoch: number|null, startOffset: number|null, lag: number|null}]}]',
  'share-groups --describe --state': `[{group: string, ${COORDINATOR}, state: string, groupEpoch: number, targetAssignmentEpoch: number, members: number}]`,
  'share-groups --describe --members': `[{group: string, state: string, members: [{memberId: string, host: string, clientId: string, memberEpoch: number, assignment: ${PARTITIONS}}]}]`,
  'share-groups --reset-offsets': `{executed: boolean, group: string, offsets: ${OFFSETS}}`,
  'share-groups --delete-offsets': '{group: string, topics: [{topic: string, deleted: boolean, error?: string}]}',
  'share-groups --delete': `[{${DELETED}}]`,
  'streams-groups --list': '[{group: string, state: string}]',
  'streams-groups --describe':
    '[{group: string, state: string, partitions: [{topic: string, partition: number, leaderEpoch: number|null, currentOffset: number|null, logEndOffset: number, lag: number}]}]',
  'streams-groups --describe --state': `[{group: string, ${COORDINATOR}, state: string, groupEpoch: number, targetAssignmentEpoch: number, members: number}]`,
  'streams-groups --describe --members': `[{group: string, state: string, targetAssignmentEpoch: number, topologyEpoch: number|null, members: [{memberId: string, host: string, clientId: string, processId: string, memberEpoch: number, isClassic: boolean, assignment: ${ASSIGNMENT}, targetAssignment: ${ASSIGNMENT}}]}]`,
  'streams-groups --reset-offsets': RESET,
  'streams-groups --delete-offsets': OFFSETS_DELETED,
  'streams-groups --delete': `[{${DELETED}, internalTopics?: [string]}]`,
  'streams-application-reset': `{applicationId: string, executed: boolean, offsets: ${OFFSETS}, missing: [string], deletedTopics: [string]}`,
  'transactions list': '[{transactionalId: string, coordinatorId: number, producerId: number, state: string}]',
  'transactions describe': `{transactionalId: string, coordinatorId: number, producerId: number, producerEpoch: number, state: string, timeoutMs: number, startTimeMs: number|null, durationMs: number|null, partitions: ${PARTITIONS}}`,
  'transactions describe-producers':
    '[{producerId: number, producerEpoch: number, coordinatorEpoch: number|null, lastSequence: number|null, lastTimestamp: number|null, startOffset: number|null}]',
  'transactions find-hanging':
    '[{topic: string, partition: number, producerId: number, producerEpoch: number, coordinatorEpoch: number|null, startOffset: number, lastTimestamp: number, durationMs: number}]',
  'transactions abort':
    '{topic: string, partition: number, producerId: number, producerEpoch: number, coordinatorEpoch: number, aborted: boolean}',
  'transactions forceTerminateTransaction': '{transactionalId: string, terminated: boolean}',
};

// The part of the recorded cluster session about elections and reassignments, see cluster-steps.ts.
import { AlterPartitionReassignments } from '../../../src/protocol/messages/alter-partition-reassignments.ts';
import { AlterReplicaLogDirs } from '../../../src/protocol/messages/alter-replica-log-dirs.ts';
import { CreateTopics } from '../../../src/protocol/messages/create-topics.ts';
import { ElectLeaders } from '../../../src/protocol/messages/elect-leaders.ts';
import { ListPartitionReassignments } from '../../../src/protocol/messages/list-partition-reassignments.ts';
import { type AdminStep, step } from './admin-requests.ts';

const topic = (name: string, numPartitions: number) => ({
  name,
  numPartitions,
  replicationFactor: 1,
  assignments: [],
  configs: [],
});
const elect = (electionType: number, topicPartitions: { topic: string; partitions: number[] }[] | null, version = 2) =>
  step(ElectLeaders, version, { electionType, topicPartitions, timeoutMs: 5000 });
const reassign = (
  topics: { name: string; partitions: [number, number[] | null][] }[],
  allowReplicationFactorChange = true,
) =>
  step(AlterPartitionReassignments, 1, {
    timeoutMs: 5000,
    allowReplicationFactorChange,
    topics: topics.map(({ name, partitions }) => ({
      name,
      partitions: partitions.map(([partitionIndex, replicas]) => ({ partitionIndex, replicas })),
    })),
  });

export const REPLICA_STEPS: readonly AdminStep[] = [
  elect(0, null),
  step(CreateTopics, 7, { topics: [topic('a', 2)], timeoutMs: 5000, validateOnly: false }),
  elect(0, null),
  elect(1, null),
  elect(0, null, 0),
  elect(0, [{ topic: 'a', partitions: [0, 1] }]),
  elect(1, [{ topic: 'a', partitions: [0] }], 1),
  elect(0, [
    { topic: 'a', partitions: [0, 7] },
    { topic: 'nowhere', partitions: [0] },
  ]),
  elect(2, [{ topic: 'a', partitions: [0] }]),
  elect(0, [{ topic: 'a', partitions: [] }]),
  elect(0, []),
  reassign([{ name: 'a', partitions: [[0, [1]]] }]),
  reassign([{ name: 'a', partitions: [[0, null]] }]),
  reassign([{ name: 'a', partitions: [[1, [2]]] }]),
  reassign([{ name: 'a', partitions: [[1, [1, 2]]] }]),
  reassign([{ name: 'a', partitions: [[1, [1, 2]]] }], false),
  reassign([{ name: 'a', partitions: [[1, [1, 1]]] }]),
  reassign([{ name: 'a', partitions: [[1, []]] }]),
  reassign([{ name: 'a', partitions: [[1, [-1]]] }]),
  reassign([{ name: 'a', partitions: [[9, [1]]] }]),
  reassign([{ name: 'a', partitions: [[9, null]] }]),
  reassign([
    { name: 'nowhere', partitions: [[0, [1]]] },
    { name: 'a', partitions: [[0, [1]]] },
  ]),
  reassign([{ name: 'nowhere', partitions: [[0, null]] }]),
  reassign([
    { name: 'a', partitions: [[0, [1]]] },
    { name: 'a', partitions: [[1, [1]]] },
  ]),
  reassign([]),
  step(AlterPartitionReassignments, 0, {
    timeoutMs: 5000,
    topics: [{ name: 'a', partitions: [{ partitionIndex: 0, replicas: [1] }] }],
  }),
  step(ListPartitionReassignments, 0, { timeoutMs: 5000, topics: null }),
  step(AlterReplicaLogDirs, 2, { dirs: [{ path: '/not/a/log/dir', topics: [{ name: 'a', partitions: [0, 9] }] }] }),
  step(AlterReplicaLogDirs, 1, { dirs: [{ path: 'relative', topics: [{ name: 'nowhere', partitions: [0] }] }] }),
  step(AlterReplicaLogDirs, 2, { dirs: [] }),
];

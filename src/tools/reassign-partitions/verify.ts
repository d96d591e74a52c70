// `--verify`: how far a plan is; its throttles end when it is done.
import type { Admin, Outcome, TopicDescription, TopicPartition } from '../../client/admin.ts';
import { ErrorCode, KafkaError } from '../../protocol/errors.ts';
import { JavaException } from '../java-exception.ts';
import { answer, moveData, type Print, placeOf } from './action.ts';
import { execution } from './cluster-state.ts';
import { replicaMoves } from './moves.ts';
import { nameOf, type PlannedPartition, sorted, withoutRepetition } from './plan.ts';
import { clearThrottles } from './throttles.ts';

/** What verify says of a partition. */
interface PartitionState extends TopicPartition {
  readonly state: 'completed' | 'inProgress' | 'different';
  readonly replicas: readonly number[];
  readonly targetReplicas: readonly number[];
}

function stateText({ state, replicas, targetReplicas, ...place }: PartitionState): string {
  if (state === 'inProgress') return `Reassignment of partition ${nameOf(place)} is still in progress.`;
  if (state === 'completed') return `Reassignment of partition ${nameOf(place)} is completed.`;
  return `There is no active reassignment of partition ${nameOf(place)}, but replica set is ${replicas} rather than ${targetReplicas}.`;
}

/** The replicas of a partition that is not on its way; none if there is no such topic. @throws JavaException */
function replicasOf({ partition }: TopicPartition, topic: Outcome<TopicDescription> | undefined): readonly number[] {
  if (topic === undefined) return [];
  if (topic instanceof KafkaError) {
    if (topic.code === ErrorCode.UNKNOWN_TOPIC_OR_PARTITION) return [];
    throw execution(topic);
  }
  const { length } = topic.partitions;
  // Kafka misses the partition behind the last one, as it does those below 0.
  if (partition < 0 || partition === length) {
    const text = `Index ${partition} out of bounds for length ${length}`;
    throw new JavaException('java.lang.IndexOutOfBoundsException', text);
  }
  return topic.partitions[partition]?.replicas ?? [];
}

/** `--verify` */
export async function verify(
  admin: Admin,
  plan: readonly PlannedPartition[],
  preserveThrottles: boolean,
  print: Print,
): Promise<unknown> {
  const all = await answer(admin.listPartitionReassignments());
  const ongoing = new Map(all.map((one) => [nameOf(one), one.replicas]));
  const described = await answer(admin.describeTopics([...new Set(plan.map(({ topic }) => topic))]));
  const found = plan.map((one): PartitionState => {
    const isOngoing = ongoing.has(nameOf(one));
    const replicas = isOngoing ? ongoing.get(nameOf(one))! : replicasOf(one, described.get(one.topic));
    const isThere = replicas.join(',') === one.replicas.join(',');
    const state = isOngoing ? 'inProgress' : isThere ? 'completed' : 'different';
    return { ...placeOf(one), state, replicas, targetReplicas: one.replicas };
  });
  const states = sorted(withoutRepetition(found));
  print(['Status of partition reassignment:', ...states.map(stateText), ''].join('\n'));
  const moves = await answer(replicaMoves(admin, plan));
  print(`${moves.map(({ text }) => text).join('\n')}\n`);
  const isOver = all.length === 0 && moves.every((move) => move.isOver);
  if (isOver && !preserveThrottles) await clearThrottles(admin, plan, print);
  return {
    partitions: states,
    logDirMoves: moves.map((move) => ({
      ...moveData(move),
      state: move.state,
      currentLogDir: move.current ?? null,
      futureLogDir: move.future ?? null,
    })),
  };
}

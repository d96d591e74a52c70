// `--verify`: how far a plan is; its throttles end when it is done.
import type { Admin, TopicPartition } from '../../client/admin.ts';
import { KafkaError } from '../../protocol/errors.ts';
import { JavaException } from '../java-exception.ts';
import { answer, moveData, type Print, placeOf } from './action.ts';
import { replicaMoves } from './moves.ts';
import { nameOf, type PlannedPartition, sorted } from './plan.ts';
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

/** `--verify` */
export async function verify(
  admin: Admin,
  plan: readonly PlannedPartition[],
  preserveThrottles: boolean,
  print: Print,
): Promise<unknown> {
  const all = await answer(admin.listPartitionReassignments());
  const ongoing = new Set(all.map(nameOf));
  const described = await answer(admin.describeTopics([...new Set(plan.map(({ topic }) => topic))]));
  const states = sorted([...new Map(plan.map((one) => [nameOf(one), one])).values()]).map((one): PartitionState => {
    const topic = described.get(one.topic);
    if (one.partition < 0 && topic !== undefined && !(topic instanceof KafkaError))
      throw new JavaException(
        'java.lang.IndexOutOfBoundsException',
        `Index ${one.partition} out of bounds for length ${topic.partitions.length}`,
      );
    const replicas =
      topic === undefined || topic instanceof KafkaError
        ? []
        : (topic.partitions.find(({ partition }) => partition === one.partition)?.replicas ?? []);
    const isThere = replicas.join(',') === one.replicas.join(',');
    const state = ongoing.has(nameOf(one)) ? 'inProgress' : isThere ? 'completed' : 'different';
    return { ...placeOf(one), state, replicas, targetReplicas: one.replicas };
  });
  print('Status of partition reassignment:\n');
  const moves = await answer(replicaMoves(admin, plan));
  print(
    [...states.map(stateText), ...moves.map(({ text }) => text), ...(moves.length === 0 ? [''] : [])]
      .join('\n')
      .concat('\n'),
  );
  const isOver = all.length === 0 && !moves.some(({ isActive }) => isActive);
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

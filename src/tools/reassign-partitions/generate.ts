import { randomInt } from 'node:crypto';
import type { Admin } from '../../client/admin.ts';
import { hashMapOrder, javaStringHash } from '../../util/java-hash.ts';
import { stripedReplicas, type UsableBroker } from '../../util/replica-placer.ts';
import { operationFailed } from '../admin-exceptions.ts';
import { JavaException } from '../java-exception.ts';
import { answer, type Print } from './action.ts';
import { currentAssignment } from './cluster-state.ts';
import { ANY_DIR, inHashOrder, type PlannedPartition, planText } from './plan.ts';

const INVALID = 'org.apache.kafka.common.errors.InvalidReplicationFactorException';

/**
 * `--generate`: where topics are, and where they might be on these brokers. Leaders go round, and the replicas of a partition
 * lie on as many racks as they can; each run proposes something else.
 * @param wanted ids; those that are not alive do not count
 * @param rackAware false for `--disable-rack-aware`
 */
export async function generate(
  admin: Admin,
  topics: readonly string[],
  wanted: readonly number[],
  rackAware: boolean,
  print: Print,
): Promise<unknown> {
  const current = await currentAssignment(admin, topics);
  const brokers = await usableBrokers(admin, wanted, rackAware);
  const held = inHashOrder(current);
  const names = hashMapOrder(new Set(held.map(({ topic }) => topic)), javaStringHash);
  const proposed = names.flatMap((name) =>
    placed(
      held.filter(({ topic }) => topic === name),
      brokers,
    ),
  );
  print(
    `Current partition replica assignment\n${planText(current)}\n\nProposed partition reassignment configuration\n${planText(proposed)}\n`,
  );
  return { current: JSON.parse(planText(current)), proposed: JSON.parse(planText(proposed)) };
}

async function usableBrokers(admin: Admin, wanted: readonly number[], rackAware: boolean): Promise<UsableBroker[]> {
  const { nodes } = await answer(admin.describeCluster());
  const brokers = nodes
    .filter(({ id }) => wanted.includes(id))
    .map(({ id, rack }) => ({ id, rack: rackAware ? rack : null, fenced: false }));
  const inRacks = brokers.filter(({ rack }) => rack !== null).length;
  if (inRacks > 0 && inRacks < brokers.length)
    throw operationFailed(
      'Not all brokers have rack information. Add --disable-rack-aware in command line to make replica assignment without rack information.',
    );
  return brokers;
}

/**
 * The partitions of one topic elsewhere; all get as many replicas as the first of them has.
 * @param partitions as Java's map holds them
 * @throws JavaException as StripedReplicaPlacer
 */
function placed(partitions: readonly PlannedPartition[], brokers: readonly UsableBroker[]): PlannedPartition[] {
  const factor = partitions[0]!.replicas.length;
  if (brokers.length === 0)
    throw new JavaException(INVALID, 'All brokers are currently fenced, or have all their log directories cordoned.');
  if (factor > brokers.length) {
    const why = `only ${brokers.length} broker(s) are registered or some brokers have all their log directories cordoned.`;
    throw new JavaException(INVALID, `The target replication factor of ${factor} cannot be reached because ${why}`);
  }
  const replicas = stripedReplicas(brokers, partitions.length, factor, randomInt);
  return replicas.map((ids, partition) => ({
    ...{ topic: partitions[0]!.topic, partition },
    ...{ replicas: ids, logDirs: ids.map(() => ANY_DIR) },
  }));
}

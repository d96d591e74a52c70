import { randomInt } from 'node:crypto';
import type { Admin } from '../../client/admin.ts';
import { stripedReplicas, type UsableBroker } from '../../util/replica-placer.ts';
import { commandFailed, operationFailed } from '../admin-exceptions.ts';
import { JavaException } from '../java-exception.ts';
import { answer, type Print } from './action.ts';
import { currentAssignment } from './cluster-state.ts';
import { ANY_DIR, type PlannedPartition, planText } from './plan.ts';

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
  if (current.some(({ replicas }) => replicas.length > brokers.length) || new Set(wanted).size < wanted.length)
    throw commandFailed(`Replication factor larger than available brokers: ${brokers.length}`);
  const proposed = [...new Set(current.map(({ topic }) => topic))].flatMap((topic) =>
    placed(
      current.filter((one) => one.topic === topic),
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
  if (brokers.length === 0)
    throw new JavaException(
      'org.apache.kafka.common.errors.InvalidReplicationFactorException',
      'All brokers are currently fenced, or have all their log directories cordoned.',
    );
  return brokers;
}

/** The partitions of one topic elsewhere; all get as many replicas as its first has. */
function placed(partitions: readonly PlannedPartition[], brokers: readonly UsableBroker[]): PlannedPartition[] {
  const factor = partitions[0]!.replicas.length;
  const replicas = stripedReplicas(brokers, partitions.length, factor, randomInt);
  return partitions.map((one, i) => ({ ...one, replicas: replicas[i]!, logDirs: replicas[i]!.map(() => ANY_DIR) }));
}

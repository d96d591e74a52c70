import {
  type Admin,
  ConfigResourceType,
  type PartitionDescription,
  type Reassignment,
  type TopicDescription,
} from '../../client/admin.ts';
import { ErrorCode, KafkaError } from '../../protocol/errors.ts';
import { copiedMapOrder, hashMapOrder, javaStringHash } from '../../util/java-hash.ts';
import { allOf, throwFirstError } from '../outcomes.ts';
import { EXECUTION_EXCEPTION, WrappedError } from '../wrapped-error.ts';

/** One partition as describe shows it. */
export interface DescribedPartition extends PartitionDescription {
  /** There while the partition is being reassigned. */
  readonly reassignment?: Pick<Reassignment, 'addingReplicas' | 'removingReplicas'>;
}

export interface DescribedTopic {
  readonly topic: string;
  readonly topicId: string;
  readonly partitions: readonly DescribedPartition[];
  /** Settings that are not Kafka's defaults, in the order of the map that Config keeps them in. */
  readonly overrides: readonly { readonly name: string; readonly value: string | null }[];
  /** The setting that counts, whoever made it. */
  readonly minInsyncReplicas: number;
}

export type DescribingAdmin = Pick<
  Admin,
  'describeTopics' | 'describeTopicsById' | 'describeConfigs' | 'describeCluster' | 'listPartitionReassignments'
>;

/** What is asked for: topics by name, or by id (which tells less of the partitions). */
export type DescribeTarget =
  | { readonly names: readonly string[]; readonly partitionLimit?: number | undefined }
  | { readonly ids: readonly string[] };

/** Reads topics with settings and reassignments, in the order in which Kafka's script prints them (a Java HashMap's). */
export async function readTopics(admin: DescribingAdmin, target: DescribeTarget): Promise<DescribedTopic[]> {
  const found = allOf(await describe(admin, target));
  if (found.length === 0) return [];
  const topics = describedOrder(found);
  const configs = await admin.describeConfigs(topics.map(({ name }) => ({ type: ConfigResourceType.TOPIC, name })));
  throwFirstError(configs);
  const reassignments = await reassignmentsIfAllowed(admin);
  return topics.map(({ name, topicId, partitions }) => {
    const told = configs.find(({ resource }) => resource.name === name)?.entries ?? [];
    const entries = hashMapOrder(told, (entry) => javaStringHash(entry.name));
    return {
      topic: name,
      topicId,
      partitions: partitions.map((partition) => {
        const reassignment = reassignments.find((r) => r.topic === name && r.partition === partition.partition);
        return { ...partition, ...(reassignment && { reassignment }) };
      }),
      overrides: entries.filter(({ source }) => source !== 'DEFAULT_CONFIG'),
      minInsyncReplicas: Number(entries.find((entry) => entry.name === 'min.insync.replicas')?.value ?? 1),
    };
  });
}

/** The order of the three maps that KafkaAdminClient and DescribeTopicsResult pass topics through. */
function describedOrder(found: readonly TopicDescription[]): TopicDescription[] {
  const byName = ({ name }: TopicDescription) => javaStringHash(name);
  const futures = hashMapOrder(found, byName, found.length);
  return hashMapOrder(copiedMapOrder(futures, byName), byName, found.length);
}

function describe(admin: DescribingAdmin, target: DescribeTarget) {
  if ('ids' in target) return admin.describeTopicsById(target.ids);
  const { names, partitionLimit } = target;
  return admin.describeTopics(names, partitionLimit === undefined ? {} : { partitionSizeLimit: partitionLimit });
}

/** A cluster that cannot tell, or will not, has none. */
async function reassignmentsIfAllowed(admin: DescribingAdmin): Promise<Reassignment[]> {
  try {
    return await admin.listPartitionReassignments();
  } catch (error) {
    const code = error instanceof KafkaError ? error.code : undefined;
    if (code === ErrorCode.UNSUPPORTED_VERSION || code === ErrorCode.CLUSTER_AUTHORIZATION_FAILED) return [];
    throw new WrappedError(error, EXECUTION_EXCEPTION);
  }
}

// How a classic group's leader shares partitions out (org.apache.kafka.clients.consumer.*Assignor).
import type { TopicPartition } from '../admin/types.ts';

export interface AssignableMember {
  readonly memberId: string;
  readonly instanceId: string | null;
  readonly topics: readonly string[];
  /** What it owns while the group rebalances; of use to the sticky ones. */
  readonly owned: readonly TopicPartition[];
}

export type Assignment = Map<string, TopicPartition[]>;

/** Partition counts of topics; one that does not exist is missing. */
export type PartitionCounts = ReadonlyMap<string, number>;

export interface Assignor {
  readonly name: string;
  /** What the member adds to its subscription. */
  readonly userData: Buffer | null;
  assign(members: readonly AssignableMember[], partitions: PartitionCounts): Assignment;
}

const NO_GENERATION = Buffer.from([0xff, 0xff, 0xff, 0xff]);

const ASSIGNORS: readonly Assignor[] = [
  { name: 'range', userData: null, assign: assignRanges },
  { name: 'roundrobin', userData: null, assign: assignRoundRobin },
  { name: 'sticky', userData: null, assign: assignSticky },
  { name: 'cooperative-sticky', userData: NO_GENERATION, assign: assignCooperatively },
];

const CLASSES: Readonly<Record<string, string>> = {
  'org.apache.kafka.clients.consumer.RangeAssignor': 'range',
  'org.apache.kafka.clients.consumer.RoundRobinAssignor': 'roundrobin',
  'org.apache.kafka.clients.consumer.StickyAssignor': 'sticky',
  'org.apache.kafka.clients.consumer.CooperativeStickyAssignor': 'cooperative-sticky',
};

/** The assignor of a Java class name in `partition.assignment.strategy`. */
export const assignorOfClass = (className: string): Assignor | undefined => assignorNamed(CLASSES[className] ?? '');

export const assignorNamed = (name: string): Assignor | undefined =>
  ASSIGNORS.find((assignor) => assignor.name === name);

/** Each topic in runs of neighbours, the first members getting one more. */
function assignRanges(members: readonly AssignableMember[], partitions: PartitionCounts): Assignment {
  const assignment = emptyAssignment(members);
  for (const [topic, count] of sortedTopics(partitions)) {
    const subscribers = inOrder(members).filter(({ topics }) => topics.includes(topic));
    const each = Math.floor(count / subscribers.length);
    const extra = count % subscribers.length;
    subscribers.forEach(({ memberId }, i) => {
      const first = each * i + Math.min(i, extra);
      const size = each + (i < extra ? 1 : 0);
      for (let partition = first; partition < first + size; partition++)
        assignment.get(memberId)?.push({ topic, partition });
    });
  }
  return assignment;
}

/** All partitions of all topics in turn. */
function assignRoundRobin(members: readonly AssignableMember[], partitions: PartitionCounts): Assignment {
  const assignment = emptyAssignment(members);
  const ring = inOrder(members);
  let next = 0;
  for (const partition of allPartitions(partitions)) {
    if (!ring.some(({ topics }) => topics.includes(partition.topic))) continue;
    while (!ring[next % ring.length]!.topics.includes(partition.topic)) next++;
    assignment.get(ring[next++ % ring.length]!.memberId)?.push(partition);
  }
  return assignment;
}

/** Members keep what they own up to their fair share; the rest goes to whoever has least. */
function assignSticky(members: readonly AssignableMember[], partitions: PartitionCounts): Assignment {
  const assignment = emptyAssignment(members);
  const open = new Map(allPartitions(partitions).map((partition) => [keyOf(partition), partition]));
  const share = Math.ceil(open.size / Math.max(1, members.length));
  for (const { memberId, owned, topics } of inOrder(members)) {
    const mine = assignment.get(memberId)!;
    for (const partition of owned) {
      if (mine.length < share && topics.includes(partition.topic) && open.delete(keyOf(partition)))
        mine.push(partition);
    }
  }
  for (const partition of open.values()) {
    const takers = inOrder(members).filter(({ topics }) => topics.includes(partition.topic));
    const lists = takers.map(({ memberId }) => assignment.get(memberId)!);
    if (lists.length > 0) lists.reduce((a, b) => (b.length < a.length ? b : a)).push(partition);
  }
  return assignment;
}

/** As sticky, but what moves is given to nobody until its owner has let go of it and the group rebalances again. */
function assignCooperatively(members: readonly AssignableMember[], partitions: PartitionCounts): Assignment {
  const owner = new Map(
    members.flatMap(({ memberId, owned }) => owned.map((each) => [keyOf(each), memberId] as const)),
  );
  const assignment = assignSticky(members, partitions);
  for (const [memberId, list] of assignment) {
    const mine = list.filter((partition) => (owner.get(keyOf(partition)) ?? memberId) === memberId);
    assignment.set(memberId, mine);
  }
  return assignment;
}

const keyOf = ({ topic, partition }: TopicPartition): string => `${topic}-${partition}`;

const emptyAssignment = (members: readonly AssignableMember[]): Assignment =>
  new Map(members.map(({ memberId }) => [memberId, []]));

/** Static members by their instance id before the others by member id (AbstractPartitionAssignor.MemberInfo). */
function inOrder(members: readonly AssignableMember[]): AssignableMember[] {
  const rank = ({ instanceId, memberId }: AssignableMember) =>
    instanceId === null ? `1${memberId}` : `0${instanceId}`;
  return [...members].sort((a, b) => compare(rank(a), rank(b)));
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const sortedTopics = (partitions: PartitionCounts) => [...partitions].sort(([a], [b]) => compare(a, b));

const allPartitions = (partitions: PartitionCounts): TopicPartition[] =>
  sortedTopics(partitions).flatMap(([topic, count]) =>
    Array.from({ length: count }, (_, partition) => ({ topic, partition })),
  );

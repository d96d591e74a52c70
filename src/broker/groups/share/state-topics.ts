// Of which partitions a share group has state in the share coordinator, as ShareGroupStatePartitionMetadata keeps it:
// state is asked for (initializing), there (initialized), or on its way out (deleting). Values are replaced, never changed.
import { ascending } from '../modern/assignment.ts';

export interface StateTopic {
  readonly topicName: string;
  /** In ascending order. */
  readonly partitions: readonly number[];
}

export type TopicSet = ReadonlyMap<string, StateTopic>;

export interface StateTopics {
  readonly initializing: TopicSet;
  readonly initialized: TopicSet;
  /** Names of topics by their ids. */
  readonly deleting: ReadonlyMap<string, string>;
}

export const NO_STATE_TOPICS: StateTopics = { initializing: new Map(), initialized: new Map(), deleting: new Map() };

/** The partitions of both. */
export function union(a: TopicSet, b: TopicSet): TopicSet {
  const merged = new Map(a);
  for (const [topicId, { topicName, partitions }] of b) {
    const before = merged.get(topicId)?.partitions ?? [];
    merged.set(topicId, { topicName, partitions: ascending(new Set([...before, ...partitions])) });
  }
  return merged;
}

/** Those of `a` that are not in `b`; topics of which nothing is left are dropped. */
export function without(a: TopicSet, b: TopicSet): TopicSet {
  const left = new Map<string, StateTopic>();
  for (const [topicId, { topicName, partitions }] of a) {
    const gone = new Set(b.get(topicId)?.partitions);
    const rest = partitions.filter((partition) => !gone.has(partition));
    if (rest.length > 0) left.set(topicId, { topicName, partitions: rest });
  }
  return left;
}

/** A topic whose state is asked for again is not on its way out any more. */
export function withInitializing(topics: StateTopics, added: TopicSet): StateTopics {
  const initializing = union(topics.initializing, added);
  const deleting = new Map([...topics.deleting].filter(([topicId]) => !initializing.has(topicId)));
  return { ...topics, initializing, deleting };
}

export function withInitialized(topics: StateTopics, done: TopicSet): StateTopics {
  const initializing = without(topics.initializing, done);
  return { ...topics, initializing, initialized: union(topics.initialized, done) };
}

export function withoutTopic(topics: StateTopics, topicId: string): StateTopics {
  const drop = <V>(map: ReadonlyMap<string, V>) => new Map([...map].filter(([id]) => id !== topicId));
  return {
    initializing: drop(topics.initializing),
    initialized: drop(topics.initialized),
    deleting: drop(topics.deleting),
  };
}

export function hasTopic({ initializing, initialized, deleting }: StateTopics, topicId: string): boolean {
  return initializing.has(topicId) || initialized.has(topicId) || deleting.has(topicId);
}

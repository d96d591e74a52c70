// Which topics a group wants, and whether they are still what they were.
import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import type { RE2JS } from 're2js';
import type { TopicImage } from '../../metadata/image.ts';
import type { GroupClient } from '../messages.ts';
import type { Assignment } from './assignment.ts';
import type { Change, ResolvedRegex } from './changes.ts';
import type { ConsumerGroup } from './consumer-group.ts';
import type { GroupMember } from './group-member.ts';

/** The cluster's topics, as far as groups look at them. */
export interface TopicCatalog {
  topic(name: string): TopicImage | undefined;
  topicById(id: string): TopicImage | undefined;
  topics(): Iterable<TopicImage>;
  /** Grows with every change of the metadata. */
  readonly lastOffset: number;
}

/** Fits into a number (records keep 64 bits, Kafka uses all of them). */
const HASH_BYTES = 6;

/** Ids of the topics among these names that exist. */
export function topicIdsOf(topics: TopicCatalog, names: Iterable<string>): Set<string> {
  const ids = new Set<string>();
  for (const name of names) {
    const topic = topics.topic(name);
    if (topic) ids.add(topic.id);
  }
  return ids;
}

/** An assignment as descriptions show it. Topics that are gone are left out. */
export function namedPartitions(topics: TopicCatalog, assignment: Assignment) {
  return {
    topicPartitions: [...assignment].flatMap(([topicId, partitions]) => {
      const topic = topics.topicById(topicId);
      return topic ? [{ topicId, topicName: topic.name, partitions: [...partitions] }] : [];
    }),
  };
}

/** Changes when a topic that some member wants comes, goes or grows; 0 if there is none of them. */
export function metadataHash(topics: TopicCatalog, group: ConsumerGroup): number {
  return hashOfTopics(topics, new Set([...group.members.values()].flatMap((member) => [...group.topicsOf(member)])));
}

/** The same for topics by name. */
export function hashOfTopics(topics: TopicCatalog, names: ReadonlySet<string>): number {
  const known = [...names].sort().flatMap((name) => topics.topic(name) ?? []);
  if (known.length === 0) return 0;
  const hash = createHash('sha256');
  for (const { id, name, partitions } of known) hash.update(`${id}/${name}/${partitions.length};`);
  return hash.digest().readUIntBE(0, HASH_BYTES);
}

let re2: typeof RE2JS | undefined;

// Loaded on first use: its tables are half of a broker's heap, which every garbage collection goes through. A broker that
// had them took twice the CPU to produce.
function compile(regex: string): RE2JS {
  re2 ??= (createRequire(import.meta.url)('re2js') as { RE2JS: typeof RE2JS }).RE2JS;
  return re2.compile(regex);
}

/**
 * What a regular expression matches now, whole names only. RE2 takes linear time whatever the expression.
 * @throws RE2JSSyntaxException if it is none
 */
function resolveRegex(
  topics: TopicCatalog,
  regex: string,
  nowMs: number,
  visibleTopics?: GroupClient['visibleTopics'],
): ResolvedRegex {
  const pattern = compile(regex);
  const names = [...topics.topics()].map(({ name }) => name).filter((name) => pattern.matches(name));
  const visible = visibleTopics?.(names);
  const seen = visible ? names.filter((name) => visible.has(name)) : names;
  return { topics: seen.sort(), version: topics.lastOffset, timestampMs: nowMs };
}

/** What is wrong with a regular expression (PatternSyntaxException.getDescription); undefined if nothing is. */
export function regexError(regex: string): string | undefined {
  try {
    compile(regex);
    return undefined;
  } catch (error) {
    const { getDescription } = error as { getDescription?: () => string };
    return getDescription ? getDescription.call(error) : String(error);
  }
}

/** Resolves the expressions that members have to what the client may know of, drops those that none has any more. */
export function regexChanges(
  topics: TopicCatalog,
  group: ConsumerGroup,
  nowMs: number,
  { visibleTopics }: GroupClient,
): Change[] {
  const changes = unusedRegexes(group);
  for (const regex of wantedRegexes(group)) {
    const before = group.regexes.get(regex);
    const value = resolveRegex(topics, regex, nowMs, visibleTopics);
    if (before?.topics.join() !== value.topics.join()) changes.push({ kind: 'regex', regex, value });
  }
  return changes;
}

/** Drops the expressions that no member has any more. */
export function unusedRegexes(group: ConsumerGroup): Change[] {
  const wanted = wantedRegexes(group);
  const unused = [...group.regexes.keys()].filter((regex) => !wanted.has(regex));
  return unused.map((regex) => ({ kind: 'regex', regex, value: null }));
}

function wantedRegexes(group: ConsumerGroup): Set<string> {
  return new Set([...group.members.values()].map(regexOf).filter((regex) => regex !== ''));
}

function regexOf({ subscribedTopicRegex }: GroupMember): string {
  return subscribedTopicRegex;
}

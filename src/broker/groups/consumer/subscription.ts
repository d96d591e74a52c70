// Which topics a group wants, and whether they are still what they were.
import type { Clock } from '../../../util/clock.ts';
import { clientPattern } from '../../client-pattern.ts';
import type { GroupClient } from '../messages.ts';
import { hashOfTopics, type TopicCatalog } from '../modern/topic-catalog.ts';
import type { Change, ResolvedRegex } from './changes.ts';
import type { ConsumerGroup } from './consumer-group.ts';
import type { GroupMember } from './group-member.ts';

/** Changes when a topic that some member wants comes, goes or grows; 0 if there is none of them. */
export function metadataHash(topics: TopicCatalog, group: ConsumerGroup): number {
  return hashOfTopics(topics, new Set([...group.members.values()].flatMap((member) => [...group.topicsOf(member)])));
}

/**
 * What a regular expression matches now.
 * @throws KafkaError INVALID_REGULAR_EXPRESSION if that takes too long
 */
function resolveRegex(
  topics: TopicCatalog,
  regex: string,
  clock: Clock,
  visibleTopics?: GroupClient['visibleTopics'],
): ResolvedRegex {
  const matches = clientPattern(regex, clock);
  const names = [...topics.topics()].map(({ name }) => name).filter(matches);
  const visible = visibleTopics?.(names);
  const seen = visible ? names.filter((name) => visible.has(name)) : names;
  return { topics: seen.sort(), version: topics.lastOffset, timestampMs: clock.nowMs() };
}

/** Resolves an expression to what a client that has it may know of. Others' are theirs to ask for: they may see less. */
export function regexChanges(
  topics: TopicCatalog,
  { regexes }: ConsumerGroup,
  { regex, clock }: { readonly regex: string; readonly clock: Clock },
  { visibleTopics }: GroupClient,
): Change[] {
  const value = resolveRegex(topics, regex, clock, visibleTopics);
  return regexes.get(regex)?.topics.join() === value.topics.join() ? [] : [{ kind: 'regex', regex, value }];
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

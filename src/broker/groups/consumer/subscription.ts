// Which topics a group wants, and whether they are still what they were.
import { createRequire } from 'node:module';
import type { RE2JS } from 're2js';
import type { GroupClient } from '../messages.ts';
import { hashOfTopics, type TopicCatalog } from '../modern/topic-catalog.ts';
import type { Change, ResolvedRegex } from './changes.ts';
import type { ConsumerGroup } from './consumer-group.ts';
import type { GroupMember } from './group-member.ts';

/** Changes when a topic that some member wants comes, goes or grows; 0 if there is none of them. */
export function metadataHash(topics: TopicCatalog, group: ConsumerGroup): number {
  return hashOfTopics(topics, new Set([...group.members.values()].flatMap((member) => [...group.topicsOf(member)])));
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

/** Resolves an expression to what a client that has it may know of. Others' are theirs to ask for: they may see less. */
export function regexChanges(
  topics: TopicCatalog,
  { regexes }: ConsumerGroup,
  { regex, nowMs }: { readonly regex: string; readonly nowMs: number },
  { visibleTopics }: GroupClient,
): Change[] {
  const value = resolveRegex(topics, regex, nowMs, visibleTopics);
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

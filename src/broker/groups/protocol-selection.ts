// Which of the protocols that members support a generation uses, and what the consumer protocol tells about topics.
import { decode } from '../../protocol/codec.ts';
import { Reader } from '../../protocol/reader.ts';
import { ConsumerProtocolSubscription } from '../../protocol/state/consumer-protocol.ts';
import { hashMapOrder, javaStringHash } from '../../util/java-hash.ts';
import type { Member, MemberProtocol } from './member.ts';

export interface MemberProtocols {
  readonly protocols: readonly MemberProtocol[];
}

/** Whether one of `protocols` is supported by all `members`. */
export function isSupported(protocols: readonly MemberProtocol[], members: Iterable<MemberProtocols>): boolean {
  const all = [...members];
  return protocols.some(({ name }) => all.every((member) => supports(member, name)));
}

/**
 * The protocol with the most votes: each member votes for the first of its protocols that all support. Of equal ones
 * the first in the order of Kafka's HashMap.
 * @throws Error if the members have none in common, which joining excludes
 */
export function selectProtocol(members: readonly MemberProtocols[]): string {
  const votes = new Map<string, number>();
  for (const member of members) {
    const choice = member.protocols.find(({ name }) => members.every((other) => supports(other, name)));
    if (choice) votes.set(choice.name, (votes.get(choice.name) ?? 0) + 1);
  }
  const [first, ...others] = hashMapOrder(votes, ([name]) => javaStringHash(name));
  if (!first) throw new Error('no protocol is common to all members');
  return others.reduce((best, candidate) => (candidate[1] > best[1] ? candidate : best), first)[0];
}

function supports(member: MemberProtocols, name: string): boolean {
  return member.protocols.some((protocol) => protocol.name === name);
}

/**
 * Topics that the members subscribe to, read as version 0 of the subscription, with which all later ones begin.
 * Null if there is no protocol or one of the subscriptions cannot be read.
 */
export function subscribedTopics(
  protocolName: string | null,
  members: ReadonlyMap<string, Member>,
): ReadonlySet<string> | null {
  const topics = new Set<string>();
  if (members.size === 0) return topics;
  if (protocolName === null) return null;
  try {
    for (const member of members.values()) {
      const reader = new Reader(member.metadata(protocolName));
      reader.int16();
      for (const topic of decode(ConsumerProtocolSubscription, 0, reader).topics) topics.add(topic);
    }
  } catch {
    return null;
  }
  return topics;
}

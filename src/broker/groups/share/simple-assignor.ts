// The assignor `simple` (SimpleAssignor): every partition is read by as many members as it takes to keep all of them
// busy, and all members read equally many, give or take one. What members have stays with them where that allows it.
import type { Assignment } from '../modern/assignment.ts';
import { AssignmentBuilder, type AssignorMember, isHomogeneous, topicIdsOfAll } from '../modern/assignor.ts';

export interface ShareAssignorInput {
  /** In the order in which Kafka's assignor sees them. */
  readonly members: readonly AssignorMember[];
  /** The partitions of a topic that can be read, in ascending order: those whose state is there. */
  assignable(topicId: string): readonly number[];
}

interface Place {
  readonly topicId: string;
  readonly partition: number;
}

/** The new target assignment of each member. */
export function assignSimply({ members, assignable }: ShareAssignorInput): Map<string, Assignment> {
  const builder = new AssignmentBuilder(members);
  const topicIds = [...topicIdsOfAll(members)];
  const placesOf = (ids: readonly string[]): Place[] =>
    ids.flatMap((topicId) => assignable(topicId).map((partition) => ({ topicId, partition })));
  const share = (subscribers: readonly AssignorMember[], ids: readonly string[]) => {
    for (const [i, places] of spread(subscribers, placesOf(ids)).entries()) {
      for (const { topicId, partition } of places) builder.add(subscribers[i]!.memberId, topicId, partition);
    }
  };
  if (isHomogeneous(members)) share(members, topicIds);
  else {
    for (const topicId of topicIds) {
      const subscribers = members.filter(({ topicIds: wanted }) => wanted.has(topicId));
      share(subscribers, [topicId]);
    }
  }
  return builder.build();
}

/** Spreads places over members that all may have each of them; answers the places of each. */
function spread(members: readonly AssignorMember[], places: readonly Place[]): Set<Place>[] {
  const sharing = places.length === 0 ? 0 : Math.ceil(members.length / places.length);
  const each = members.length === 0 ? 0 : (sharing * places.length) / members.length;
  const wanted = members.map((_, i) => Math.ceil(each * (i + 1)) - Math.ceil(each * i));
  const owned = members.map(({ current }) => kept(current, places));
  const holders = new Map(places.map((place) => [place, new Set<number>()]));
  for (const [i, places] of owned.entries()) for (const place of places) holders.get(place)!.add(i);
  const take = (i: number, place: Place) => {
    owned[i]!.delete(place);
    holders.get(place)!.delete(i);
  };
  for (const [i, places] of owned.entries()) {
    for (const place of [...places].slice(0, Math.max(0, places.size - wanted[i]!))) take(i, place);
  }
  for (const [place, members] of holders) {
    for (const i of [...members].slice(0, Math.max(0, members.size - sharing))) take(i, place);
  }
  fill(owned, holders, { wanted, sharing });
  return owned;
}

function kept(current: Assignment, places: readonly Place[]): Set<Place> {
  return new Set(places.filter(({ topicId, partition }) => current.get(topicId)?.includes(partition)));
}

/** Gives each place to further members in turn until it is shared enough, or nobody is left who can take it. */
function fill(
  owned: readonly Set<Place>[],
  holders: ReadonlyMap<Place, Set<number>>,
  { wanted, sharing }: { wanted: readonly number[]; sharing: number },
): void {
  let turn = owned.flatMap((places, i) => (places.size < wanted[i]! ? [i] : []));
  for (const [place, members] of holders) {
    let passed: number[] = [];
    while (members.size < sharing && turn.length > 0) {
      const [i = 0, ...rest] = turn;
      turn = rest;
      if (members.has(i)) {
        passed.push(i);
        continue;
      }
      members.add(i);
      owned[i]!.add(place);
      turn = [...passed, ...turn];
      passed = [];
      if (owned[i]!.size < wanted[i]!) turn.push(i);
    }
    turn = [...passed, ...turn];
  }
}

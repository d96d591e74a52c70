import type { Change } from './changes.ts';
import type { ShareContext } from './context.ts';
import { recordOf } from './records.ts';
import { ShareGroup } from './share-group.ts';

/** A group as one request is about to leave it: nothing counts before all of it is written. */
export class Draft {
  readonly groupId: string;
  readonly #changes: Change[] = [];
  #group: ShareGroup;

  constructor(group: ShareGroup) {
    this.groupId = group.groupId;
    this.#group = group;
  }

  /** With all changes so far. */
  get group(): ShareGroup {
    return this.#group;
  }

  apply(...changes: readonly Change[]): void {
    if (changes.length === 0) return;
    if (this.#changes.length === 0) this.#group = new ShareGroup(this.groupId, this.#group);
    for (const change of changes) this.#group.apply(change);
    this.#changes.push(...changes);
  }

  /** @throws KafkaError if the log refuses; the group is as it was then */
  commit({ groups, append }: Pick<ShareContext, 'groups' | 'append'>): void {
    if (this.#changes.length === 0) return;
    append(
      this.groupId,
      this.#changes.map((change) => recordOf(this.groupId, change)),
    );
    groups.set(this.groupId, this.#group);
  }
}

/** Makes changes at once. @throws KafkaError if the log refuses */
export function commitChanges(context: ShareContext, group: ShareGroup, ...changes: readonly Change[]): ShareGroup {
  const draft = new Draft(group);
  draft.apply(...changes);
  draft.commit(context);
  return draft.group;
}

/** What a record says of one group, as the records of the newer protocols (consumer, share, streams) are read. */
export interface Replayed<C> {
  readonly groupId: string;
  readonly change: C;
}

/**
 * Applies what a record says: its group is made by the first and gone with its epoch.
 * @returns whether there is such a group afterwards
 */
export function replayChange<
  C extends { readonly kind: string; readonly value: unknown },
  G extends { apply(change: C): void },
>(groups: Map<string, G>, { groupId, change }: Replayed<C>, make: (groupId: string) => G): boolean {
  const group = groups.get(groupId) ?? (change.value === null ? undefined : make(groupId));
  if (!group) return false;
  group.apply(change);
  const isGone = change.kind === 'epoch' && change.value === null;
  if (isGone) groups.delete(groupId);
  else groups.set(groupId, group);
  return !isGone;
}

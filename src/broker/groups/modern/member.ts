// What members of all newer protocols have in common.

/** Epochs that say something else than an epoch (ConsumerGroupHeartbeatRequest). */
export const MemberEpoch = { JOIN: 0, LEAVE: -1, LEAVE_STATIC: -2 } as const;

export function sameNames(a: readonly string[], b: readonly string[]): boolean {
  const names = new Set(a);
  return names.size === new Set(b).size && b.every((name) => names.has(name));
}

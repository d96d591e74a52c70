// group.consumer.migration.policy (ConsumerGroupMigrationPolicy): in which direction groups with members may change their
// protocol. Empty ones may always.

/** @param policy in any case; null for the default */
export function allowsUpgrade(policy: string | null): boolean {
  return isOneOf(policy, 'upgrade', 'bidirectional');
}

export function allowsDowngrade(policy: string | null): boolean {
  return isOneOf(policy, 'downgrade', 'bidirectional');
}

export function isDisabled(policy: string | null): boolean {
  return isOneOf(policy, 'disabled');
}

function isOneOf(policy: string | null, ...names: string[]): boolean {
  return names.includes((policy ?? 'bidirectional').toLowerCase());
}

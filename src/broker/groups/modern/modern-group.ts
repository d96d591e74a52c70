// What the groups of all newer protocols are made of (org.apache.kafka.coordinator.group.modern.ModernGroup): epochs,
// members, and what each member should have. A group is what its changes have made of it, whether they come from requests
// or are read back.

/** Group and target assignment begin with it, so that no member of a group has epoch 0. */
const FIRST_EPOCH = 1;

/** null where the record is a tombstone. */
export type CommonChange<Target> =
  | { readonly kind: 'epoch'; readonly value: { readonly epoch: number; readonly metadataHash: number } | null }
  | { readonly kind: 'target-epoch'; readonly value: { readonly epoch: number; readonly timestampMs: number } | null }
  | { readonly kind: 'target'; readonly memberId: string; readonly value: Target | null };

/** A group whose members do not speak the classic protocol. */
export abstract class ModernGroup<Member = unknown, Target = unknown> {
  readonly groupId: string;
  epoch = FIRST_EPOCH;
  /** Of the topics that the group reads, see topic-catalog.ts. */
  metadataHash = 0;
  /** The group epoch for which the target assignment was made. */
  targetEpoch = FIRST_EPOCH;
  /** When it was made; wall-clock milliseconds, 0 for never. */
  assignedAtMs = 0;
  /** Version of the metadata that the subscriptions were compared with; not on record. */
  checkedVersion = -1;
  readonly members: Map<string, Member>;
  readonly targets: Map<string, Target>;

  /** @param from what the group is a copy of */
  constructor(groupId: string, from?: ModernGroup<Member, Target>) {
    this.groupId = groupId;
    this.members = new Map(from?.members);
    this.targets = new Map(from?.targets);
    if (from === undefined) return;
    this.epoch = from.epoch;
    this.metadataHash = from.metadataHash;
    this.targetEpoch = from.targetEpoch;
    this.assignedAtMs = from.assignedAtMs;
    this.checkedVersion = from.checkedVersion;
  }

  /** As Kafka spells it: `Empty`, `Stable`. */
  abstract readonly state: string;

  /** Whether its members read the topic now: then its offsets are neither deleted nor expired. */
  abstract isSubscribedTo(topic: string): boolean;

  protected applyCommon(change: CommonChange<Target>): void {
    switch (change.kind) {
      case 'epoch':
        this.epoch = change.value?.epoch ?? FIRST_EPOCH;
        this.metadataHash = change.value?.metadataHash ?? 0;
        break;
      case 'target-epoch':
        this.targetEpoch = change.value?.epoch ?? FIRST_EPOCH;
        this.assignedAtMs = change.value?.timestampMs ?? 0;
        break;
      case 'target':
        if (change.value === null) this.targets.delete(change.memberId);
        else this.targets.set(change.memberId, change.value);
    }
  }
}

// The features of a Kafka 4.3 cluster (KIP-584, KIP-1022): what a broker supports and what a new cluster begins with.

export interface SupportedFeature {
  readonly name: string;
  readonly minVersion: number;
  readonly maxVersion: number;
  /** Level in a newly formatted 4.3.1 cluster; 0 = not finalized. */
  readonly initial: number;
}

/** The features that can be finalized, in the order in which a 4.3.1 controller writes them; metadata.version 30 is 4.3-IV0. */
export const SUPPORTED_FEATURES: readonly SupportedFeature[] = [
  { name: 'metadata.version', minVersion: 7, maxVersion: 30, initial: 30 },
  { name: 'eligible.leader.replicas.version', minVersion: 0, maxVersion: 1, initial: 1 },
  { name: 'group.version', minVersion: 0, maxVersion: 1, initial: 1 },
  { name: 'kraft.version', minVersion: 0, maxVersion: 1, initial: 0 },
  { name: 'share.version', minVersion: 0, maxVersion: 1, initial: 1 },
  { name: 'streams.version', minVersion: 0, maxVersion: 1, initial: 1 },
  { name: 'transaction.version', minVersion: 0, maxVersion: 2, initial: 2 },
];

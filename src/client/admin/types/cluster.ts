// Brokers, their versions and features, and reassignments.
import type { Node, Outcome, TopicPartition } from './common.ts';

export interface ClusterNode extends Node {
  readonly isFenced: boolean;
}

export interface ClusterDescription {
  readonly clusterId: string | null;
  /** The broker to which controller requests go; -1 if unknown. */
  readonly controllerId: number;
  /** By rising id. */
  readonly nodes: readonly ClusterNode[];
}

export interface ApiVersionRange {
  readonly apiKey: number;
  readonly minVersion: number;
  readonly maxVersion: number;
}

export interface NodeApiVersions {
  readonly node: Node;
  readonly apis: Outcome<readonly ApiVersionRange[]>;
}

export interface FeatureDescription {
  readonly supported: readonly { readonly name: string; readonly minVersion: number; readonly maxVersion: number }[];
  readonly finalized: readonly { readonly name: string; readonly minLevel: number; readonly maxLevel: number }[];
  /** -1 if the broker does not say. */
  readonly finalizedEpoch: number;
}

export interface FeatureUpdate {
  readonly feature: string;
  /** 0 disables it. */
  readonly maxVersionLevel: number;
  /** 1 upgrade, 2 safe downgrade, 3 unsafe downgrade. */
  readonly upgradeType: number;
}

/** Which brokers are to have a partition; null ends what is going on. */
export interface ReassignmentChange extends TopicPartition {
  readonly replicas: readonly number[] | null;
}

export interface Reassignment extends TopicPartition {
  readonly replicas: readonly number[];
  readonly addingReplicas: readonly number[];
  readonly removingReplicas: readonly number[];
}

// The quorum of the metadata log (KIP-595, KIP-853).

export interface QuorumReplica {
  readonly replicaId: number;
  /** The zero id in a quorum of static voters. */
  readonly directoryId: string;
  readonly logEndOffset: number;
  /** Milliseconds, -1 if unknown. */
  readonly lastFetchTimestamp: number;
  readonly lastCaughtUpTimestamp: number;
}

export interface VoterEndpoint {
  /** Of the listener. */
  readonly name: string;
  readonly host: string;
  readonly port: number;
}

export interface QuorumDescription {
  readonly leaderId: number;
  readonly leaderEpoch: number;
  readonly highWatermark: number;
  readonly voters: readonly QuorumReplica[];
  readonly observers: readonly QuorumReplica[];
  /** By node id; empty where the cluster does not say. */
  readonly nodes: ReadonlyMap<number, readonly VoterEndpoint[]>;
}

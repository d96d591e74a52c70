// The cluster as its metadata records describe it. Values are replaced, never changed, so whoever holds one keeps a
// consistent picture.

export interface PartitionImage {
  readonly index: number;
  /** Broker id, -1 while there is none. */
  readonly leader: number;
  readonly leaderEpoch: number;
  readonly partitionEpoch: number;
  readonly replicas: readonly number[];
  readonly isr: readonly number[];
  /** directory.id of the log directory of each replica (KIP-858); the zero UUID while it is not known. */
  readonly directories?: readonly string[];
  /** Replicas that left the ISR with nothing missing (KIP-966); left out where there are none, as what follows. */
  readonly elr?: readonly number[];
  /** The last leader of a partition that lost all of its ISR. */
  readonly lastKnownElr?: readonly number[];
  /** Replicas that a reassignment brings and has not brought yet, and those that it takes (KIP-455). */
  readonly adding?: readonly number[];
  readonly removing?: readonly number[];
}

/** An address that a broker registered; securityProtocol by SecurityProtocol.id. */
export interface BrokerEndpoint {
  readonly name: string;
  readonly host: string;
  readonly port: number;
  readonly securityProtocol: number;
}

/** A registered broker. */
export interface BrokerImage {
  readonly id: number;
  readonly epoch: number;
  readonly rack: string | null;
  readonly endPoints: readonly BrokerEndpoint[];
  /** directory.id of each of its log directories. */
  readonly directoryIds: readonly string[];
  /** Fenced brokers are known and lead nothing. */
  readonly fenced: boolean;
  readonly inControlledShutdown: boolean;
}

export interface TopicImage {
  readonly name: string;
  /** 22 characters, see util/uuid.ts. */
  readonly id: string;
  /** By index, without gaps. */
  readonly partitions: readonly PartitionImage[];
  /** Dynamic configs of the topic (ConfigRecord). */
  readonly configs: ReadonlyMap<string, string>;
  readonly internal: boolean;
}

/** A SCRAM credential of a user (RFC 5802): what the broker needs to check a proof, not the password. */
export interface ScramCredential {
  readonly salt: Buffer;
  readonly storedKey: Buffer;
  readonly serverKey: Buffer;
  readonly iterations: number;
}

/** SCRAM credentials by user, then by mechanism (1 = SCRAM-SHA-256, 2 = SCRAM-SHA-512). */
export type ScramCredentials = ReadonlyMap<string, ReadonlyMap<number, ScramCredential>>;

/** A delegation token (KIP-48); times in milliseconds since the epoch, principals as `User:alice`. */
export interface DelegationToken {
  readonly tokenId: string;
  readonly owner: string;
  readonly requester: string;
  readonly renewers: readonly string[];
  readonly issueTimestamp: number;
  readonly maxTimestamp: number;
  readonly expirationTimestamp: number;
}

/** Whose quotas: entity types (`user`, `client-id`, `ip`) with names, null being the default of the type. */
export type QuotaEntity = ReadonlyMap<string, string | null>;

/** The quotas of one entity by their keys, `producer_byte_rate` for example. */
export interface EntityQuotas {
  readonly entity: QuotaEntity;
  readonly values: ReadonlyMap<string, number>;
}

/** ConfigResource.Type as ConfigRecord stores it. */
export const ResourceType = { TOPIC: 2, BROKER: 4, BROKER_LOGGER: 8, CLIENT_METRICS: 16, GROUP: 32 } as const;
export type ResourceType = (typeof ResourceType)[keyof typeof ResourceType];

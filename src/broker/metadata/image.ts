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

/** ConfigResource.Type as ConfigRecord stores it. */
export const ResourceType = { TOPIC: 2, BROKER: 4, BROKER_LOGGER: 8, CLIENT_METRICS: 16, GROUP: 32 } as const;
export type ResourceType = (typeof ResourceType)[keyof typeof ResourceType];

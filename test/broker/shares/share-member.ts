// A member of a share group as the broker sees it: one connection, one session.
import type { Broker } from '../../../src/broker/start.ts';
import { ShareAcknowledge } from '../../../src/protocol/messages/share-acknowledge.ts';
import { ShareFetch } from '../../../src/protocol/messages/share-fetch.ts';
import { batches, readRecordsSync } from '../../../src/protocol/records/read.ts';
import type { RequestInput } from '../../../src/protocol/schema.ts';
import { connect, type TestClient } from '../../helpers/client.ts';

export interface Acknowledgement {
  readonly partition?: number;
  readonly firstOffset: number;
  readonly lastOffset: number;
  readonly acknowledgeTypes: number[];
}

/** A record with how often it has been delivered. */
export interface Delivered {
  readonly partition: number;
  readonly offset: number;
  readonly value: string;
  readonly deliveryCount: number;
}

type FetchOptions = Partial<RequestInput<typeof ShareFetch>> & {
  partitions?: number[];
  acknowledgements?: Acknowledgement[];
  epoch?: number;
  version?: number;
};

let members = 0;

export class ShareMember {
  readonly memberId = `member-${++members}`;
  readonly client: TestClient;
  readonly groupId: string;
  readonly topicId: string;
  epoch = 0;

  constructor(client: TestClient, topicId: string, groupId: string) {
    this.client = client;
    this.topicId = topicId;
    this.groupId = groupId;
  }

  static async join(broker: Broker, topic = 't', groupId = 'g'): Promise<ShareMember> {
    return new ShareMember(await connect(broker), broker.services.metadata.topic(topic)!.id, groupId);
  }

  /** One request of the session; the first names the partitions. */
  async fetch({ partitions, acknowledgements = [], epoch, version = 2, ...options }: FetchOptions = {}) {
    const sent = epoch ?? this.epoch;
    const answer = await this.client.request(ShareFetch, version, {
      groupId: this.groupId,
      memberId: this.memberId,
      shareSessionEpoch: sent,
      maxWaitMs: 0,
      minBytes: 1,
      maxBytes: 1_000_000,
      maxRecords: 500,
      batchSize: 500,
      topics: this.#topics(partitions ?? (sent === 0 ? [0] : []), acknowledgements),
      forgottenTopicsData: [],
      ...options,
    });
    if (answer.errorCode === 0) this.epoch = sent + 1;
    return answer;
  }

  /** What a fetch delivers. */
  async receive(options: FetchOptions = {}): Promise<Delivered[]> {
    const { errorCode, responses } = await this.fetch(options);
    if (errorCode !== 0) throw new Error(`ShareFetch failed with ${errorCode}`);
    return responses.flatMap(({ partitions }) =>
      partitions.flatMap(({ partitionIndex, records, acquiredRecords }) => {
        const buf = Buffer.concat([records ?? []].flat());
        const values = new Map<number, string>();
        for (const { pos } of batches(buf)) {
          for (const { offset, value } of readRecordsSync(buf, pos)) values.set(offset, value?.toString() ?? '');
        }
        return acquiredRecords.flatMap(({ firstOffset, lastOffset, deliveryCount }) =>
          Array.from({ length: lastOffset - firstOffset + 1 }, (_, i) => ({
            partition: partitionIndex,
            offset: firstOffset + i,
            value: values.get(firstOffset + i) ?? '',
            deliveryCount,
          })),
        );
      }),
    );
  }

  async acknowledge(acknowledgements: Acknowledgement[], options: { epoch?: number; isRenewAck?: boolean } = {}) {
    const { epoch = this.epoch, isRenewAck = false } = options;
    const answer = await this.client.request(ShareAcknowledge, 2, {
      groupId: this.groupId,
      memberId: this.memberId,
      shareSessionEpoch: epoch,
      isRenewAck,
      topics: this.#topics([], acknowledgements),
    });
    if (answer.errorCode === 0) this.epoch = epoch + 1;
    return answer;
  }

  #topics(partitions: number[], acknowledgements: Acknowledgement[]) {
    const named = new Set([...partitions, ...acknowledgements.map(({ partition = 0 }) => partition)]);
    if (named.size === 0) return [];
    return [
      {
        topicId: this.topicId,
        partitions: [...named].map((partitionIndex) => ({
          partitionIndex,
          acknowledgementBatches: acknowledgements
            .filter(({ partition = 0 }) => partition === partitionIndex)
            .map(({ firstOffset, lastOffset, acknowledgeTypes }) => ({ firstOffset, lastOffset, acknowledgeTypes })),
        })),
      },
    ];
  }
}

/** Begins the state of a topic's partitions, as the group's coordinator does when a member subscribes to it. */
export function initialize(broker: Broker, { topic = 't', groupId = 'g', startOffset = 0, stateEpoch = 1 } = {}): void {
  const { metadata, shareState } = broker.services;
  const { id, partitions } = metadata.topic(topic)!;
  for (const { index } of partitions)
    shareState.initialize({ groupId, topicId: id, partition: index }, stateEpoch, startOffset);
}

// Acknowledgements of a request, partition by partition (KafkaApis.handleAcknowledgements).
import { ErrorCode, KafkaError } from '../../protocol/errors.ts';
import type { Access } from '../authorization/access.ts';
import { AclOperation, AclResource } from '../security/acl.ts';
import type { Services } from '../services.ts';
import { type AcknowledgementBatch, AcknowledgeType } from './partition/acknowledge.ts';

export interface AcknowledgedTopic {
  readonly topicId: string;
  readonly partitions: readonly {
    readonly partitionIndex: number;
    readonly acknowledgementBatches: readonly AcknowledgementBatch[];
  }[];
}

export interface Acknowledger {
  readonly groupId: string;
  readonly memberId: string;
  /** The request has said that it renews (KIP-1222); the others must not. */
  readonly isRenewAck: boolean;
  /** From version 2 of the requests on. */
  readonly supportsRenew: boolean;
  /** What the member may do; undefined where everybody may do everything. */
  readonly access?: Access | undefined;
}

export interface AcknowledgeResult {
  readonly topicId: string;
  readonly partitionIndex: number;
  readonly errorCode: number;
  readonly errorMessage: string | null;
}

function hasBatches({ acknowledgementBatches }: AcknowledgedTopic['partitions'][number]): boolean {
  return acknowledgementBatches.length > 0;
}

/** Acknowledges; a result for each partition of which something is acknowledged. */
export function acknowledgeTopics(
  services: Pick<Services, 'metadata' | 'sharePartitions'>,
  topics: readonly AcknowledgedTopic[],
  by: Acknowledger,
): AcknowledgeResult[] {
  return topics.flatMap(({ topicId, partitions }) =>
    partitions.filter(hasBatches).map(({ partitionIndex, acknowledgementBatches: batches }) => {
      const result = (errorCode: number, errorMessage: string | null = null) => ({
        topicId,
        partitionIndex,
        errorCode,
        errorMessage,
      });
      const topic = services.metadata.topicById(topicId);
      if (!topic) return result(ErrorCode.UNKNOWN_TOPIC_ID);
      if (!isValid(batches, by)) return result(ErrorCode.INVALID_REQUEST);
      if (by.access && !by.access.may(AclOperation.READ, AclResource.TOPIC, topic.name))
        return result(ErrorCode.TOPIC_AUTHORIZATION_FAILED);
      if (!topic.partitions[partitionIndex]) return result(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION);
      try {
        const key = { groupId: by.groupId, topicId, partition: partitionIndex };
        services.sharePartitions.acknowledge(key, by.memberId, batches);
        return result(ErrorCode.NONE);
      } catch (error) {
        if (!(error instanceof KafkaError)) throw error;
        return result(error.code, error.message);
      }
    }),
  );
}

/** KafkaApis.validateAcknowledgementBatches. */
function isValid(batches: readonly AcknowledgementBatch[], { supportsRenew, isRenewAck }: Acknowledger): boolean {
  const greatest = supportsRenew ? AcknowledgeType.RENEW : AcknowledgeType.REJECT;
  let previousLast = -1;
  for (const { firstOffset, lastOffset, acknowledgeTypes: types } of batches) {
    if (firstOffset > lastOffset || firstOffset < previousLast || types.length === 0) return false;
    if (types.length > 1 && lastOffset - firstOffset !== types.length - 1) return false;
    if (types.some((type) => type < AcknowledgeType.GAP || type > greatest)) return false;
    if (!isRenewAck && types.includes(AcknowledgeType.RENEW)) return false;
    previousLast = lastOffset;
  }
  return true;
}

/** Whether a share group's member may be called so (KafkaApis.isMemberIdValid). */
export function isMemberId(memberId: string | null): memberId is string {
  return memberId !== null && memberId.length > 0 && memberId.length <= LONGEST_MEMBER_ID;
}

/** A UUID as text. */
const LONGEST_MEMBER_ID = 36;

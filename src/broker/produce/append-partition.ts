// One partition of a Produce request (ReplicaManager.appendToLocalLog and the callback of KafkaApis.handleProduceRequest).
import { LogError } from '../../log/errors.ts';
import type { PartitionLog } from '../../log/partition-log.ts';
import { ErrorCode } from '../../protocol/errors.ts';
import type { Produce, ProduceRequest } from '../../protocol/messages/produce.ts';
import { RecordError, type RecordErrorKind } from '../../protocol/records/error.ts';
import { produceBatch } from '../../protocol/records/validate.ts';
import type { ResponseInput } from '../../protocol/schema.ts';
import { type HostedPartition, hostedPartition } from '../hosted-partition.ts';
import type { TopicImage } from '../metadata/image.ts';
import type { Services } from '../services.ts';
import { type Refusal, refusalKey } from './verify-transaction.ts';

export type PartitionData = ProduceRequest['topicData'][number]['partitionData'][number];
export type PartitionResponse = ResponseInput<typeof Produce>['responses'][number]['partitionResponses'][number];

const ACKS_ALL = -1;

const RECORD_ERROR_CODES: Record<RecordErrorKind, number> = {
  corrupt: ErrorCode.CORRUPT_MESSAGE,
  invalid: ErrorCode.INVALID_RECORD,
  unsupported: ErrorCode.UNSUPPORTED_FOR_MESSAGE_FORMAT,
  'unsupported-compression': ErrorCode.UNSUPPORTED_COMPRESSION_TYPE,
  'too-large': ErrorCode.INVALID_RECORD,
};

/** Errors that Kafka answers without the log start offset. */
const WITHOUT_LOG_START: ReadonlySet<number> = new Set([
  ErrorCode.MESSAGE_TOO_LARGE,
  ErrorCode.RECORD_LIST_TOO_LARGE,
  ErrorCode.CORRUPT_MESSAGE,
  ErrorCode.KAFKA_STORAGE_ERROR,
]);

export interface AppendContext {
  readonly services: Services;
  readonly apiVersion: number;
  readonly acks: number;
  /** Whether the client may write to `__consumer_offsets` and the like. */
  readonly internalTopicsAllowed: boolean;
  /** Partitions that are not part of the transaction, by refusalKey. */
  readonly refusals: ReadonlyMap<string, Refusal>;
}

/** Appends the batch of one partition. Never throws for what a client can cause. */
export function appendPartition(
  topic: TopicImage,
  { index, records }: PartitionData,
  { services, apiVersion, acks, internalTopicsAllowed, refusals }: AppendContext,
): PartitionResponse {
  const found = hostedPartition(services, topic, index);
  if (found === ErrorCode.UNKNOWN_TOPIC_OR_PARTITION) return failedPartition(index, found);
  try {
    produceBatch(records, apiVersion);
    if (acks !== 0 && acks !== 1 && acks !== ACKS_ALL) return failedPartition(index, ErrorCode.INVALID_REQUIRED_ACKS);
    if (topic.internal && !internalTopicsAllowed) return failedPartition(index, ErrorCode.INVALID_TOPIC_EXCEPTION);
    if (typeof found === 'number') return { ...failedPartition(index, found), ...leaderOf(topic, index, found) };
    const refusal = refusals.get(refusalKey(topic.name, index));
    if (refusal) return { ...failedPartition(index, refusal.errorCode), ...refusal };
    if (acks === ACKS_ALL && isUnderMinIsr(found, services))
      return failedPartition(index, ErrorCode.NOT_ENOUGH_REPLICAS);
    return appended(index, found.log, records!, found.image.leaderEpoch, services.clock.nowMs());
  } catch (error) {
    if (!(error instanceof RecordError)) throw error;
    const response = failedPartition(index, RECORD_ERROR_CODES[error.kind]);
    return error.kind === 'corrupt' ? { ...response, errorMessage: error.message } : response;
  }
}

/** Partition.appendRecordsToLeader: fewer replicas in sync than min.insync.replicas asks for. */
function isUnderMinIsr({ topic, image: { isr, replicas } }: HostedPartition, { metadata }: Services): boolean {
  return isr.length < replicas.length && isr.length < metadata.replication.minIsr(topic.name, replicas.length);
}

function appended(
  index: number,
  log: PartitionLog,
  records: Buffer,
  leaderEpoch: number,
  nowMs: number,
): PartitionResponse {
  try {
    const { baseOffset, logAppendTimeMs, logStartOffset } = log.append(records, {
      leaderEpoch,
      nowMs,
      origin: 'client',
    });
    return { index, errorCode: ErrorCode.NONE, baseOffset, logAppendTimeMs, logStartOffset };
  } catch (error) {
    if (!(error instanceof LogError)) throw error;
    return refused(index, log, error);
  }
}

/** Kafka sends its message only along with the errors of single records (RecordValidationException, KIP-467). */
function refused(index: number, log: PartitionLog, { code, message, recordErrors }: LogError): PartitionResponse {
  const response = failedPartition(index, code);
  if (WITHOUT_LOG_START.has(code)) return response;
  const { logStartOffset } = log;
  if (recordErrors.length === 0) return { ...response, logStartOffset };
  return {
    ...response,
    logStartOffset,
    errorMessage: message,
    recordErrors: recordErrors.map((error) => ({
      batchIndex: error.batchIndex,
      batchIndexErrorMessage: error.message,
    })),
  };
}

function leaderOf(topic: TopicImage, index: number, errorCode: number): Pick<PartitionResponse, 'currentLeader'> {
  const image = topic.partitions[index];
  if (errorCode !== ErrorCode.NOT_LEADER_OR_FOLLOWER || image === undefined) return {};
  return { currentLeader: { leaderId: image.leader, leaderEpoch: image.leaderEpoch } };
}

export function failedPartition(index: number, errorCode: number): PartitionResponse {
  return { index, errorCode, baseOffset: -1 };
}

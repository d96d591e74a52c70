// What consumers say of commits of their own that are refused: the classic one (ConsumerCoordinator) and that of the
// consumer protocol (CommitRequestManager). Such a refusal is no failure: the records are read again.
import { ErrorCode, errorInfo, KafkaError } from '../../protocol/errors.ts';
import { hashMapOrder, topicPartitionHash } from '../../util/java-hash.ts';
import type { Cluster } from '../cluster.ts';
import { ConsumerError } from '../consumer/errors.ts';
import { KafkaException } from '../errors.ts';
import { CommitRefusal } from './offsets.ts';
import type { CommitOccasion, GroupOffset } from './types.ts';

type Log = Pick<Cluster, 'logger' | 'label'>;

const COMMIT_FAILED = 'org.apache.kafka.clients.consumer.CommitFailedException';
const REBALANCED =
  'Commit cannot be completed since the group has already rebalanced and assigned the partitions to another member. This means that the time between subsequent calls to poll() was longer than the configured max.poll.interval.ms, which typically implies that the poll loop is spending too much time message processing. You can address this either by increasing max.poll.interval.ms or by reducing the maximum size of batches returned in poll() with max.poll.records.';
const KICKED_OUT =
  'Offset commit cannot be completed since the consumer is not part of an active group for auto partition assignment; it is likely that the consumer was kicked out of the group.';

/** The member has no generation to commit in (any more). */
export const notInGroup = (): Error => new ConsumerError(COMMIT_FAILED, KICKED_OUT);

/** Refusals of which the consumer says no more than what they are. */
const AS_THEY_ARE: ReadonlySet<number> = new Set([
  ErrorCode.OFFSET_METADATA_TOO_LARGE,
  ErrorCode.INVALID_COMMIT_OFFSET_SIZE,
  ErrorCode.FENCED_INSTANCE_ID,
]);

/** Logs why a classic member's commit was not taken. */
export function tellClassicCommit(
  { logger, label }: Log,
  groupId: string,
  { offsets, occasion, error }: { offsets: readonly GroupOffset[]; occasion: CommitOccasion; error: unknown },
): void {
  if (error instanceof CommitRefusal) {
    const level = error.retriable ? 'warn' : 'error';
    for (const { topic, partition, offset } of error.refused)
      logger[level](
        `${label} Offset commit failed on partition ${topic}-${partition} at offset ${offset}: ${textOf(error)}`,
      );
    if (error.code === ErrorCode.TOPIC_AUTHORIZATION_FAILED)
      logger.error(`${label} Not authorized to commit to topics [${topicsOf(error).join(', ')}]`);
  }
  if (error instanceof KafkaError && error.retriable) return;
  const { message } = error instanceof CommitRefusal ? classicException(error, groupId) : (error as Error);
  if (occasion === 'rebalance')
    logger.error(`${label} Asynchronous auto-commit of offsets failed: ${message}. Will continue to join group.`);
  const kind = occasion === 'close' ? 'Synchronous' : 'Asynchronous';
  logger.warn(`${label} ${kind} auto-commit of offsets ${mapText(offsets)} failed: ${message}`);
}

/** Logs why a commit of a member of the consumer protocol was not taken. */
export function tellCommit(
  { logger, label }: Log,
  { groupId, memberId, epoch }: { groupId: string; memberId: string; epoch: number },
  { offsets, occasion, error }: { offsets: readonly GroupOffset[]; occasion: CommitOccasion; error: unknown },
): void {
  if (error instanceof KafkaError && error.retriable) return;
  if (error instanceof CommitRefusal) {
    if (error.code === ErrorCode.UNKNOWN_MEMBER_ID) logger.error(`${label} OffsetCommit failed with UNKNOWN_MEMBER_ID`);
    if (error.code === ErrorCode.STALE_MEMBER_EPOCH)
      logger.error(
        `${label} OffsetCommit failed for member ${memberId} with stale member epoch error. Last epoch sent: ${epoch}`,
      );
    if (error.code === ErrorCode.TOPIC_AUTHORIZATION_FAILED)
      logger.error(
        `${label} OffsetCommit failed due to not authorized to commit to topics [${topicsOf(error).join(', ')}]`,
      );
  }
  const cause = error instanceof CommitRefusal ? exception(error, groupId) : error;
  if (occasion === 'close') logger.warn(`${label} Synchronous auto-commit failed`, cause);
  else logger.warn(`${label} Auto-commit of offsets ${mapText(offsets)} failed`, cause);
}

/** As the consumer's map of offsets has them, which the order of a commit and of lines about it comes from. */
export const inMapOrder = (offsets: readonly GroupOffset[]): GroupOffset[] =>
  hashMapOrder(offsets, ({ topic, partition }) => topicPartitionHash(topic, partition));

function mapText(offsets: readonly GroupOffset[]): string {
  const entries = offsets.map(({ topic, partition, offset, leaderEpoch }) => {
    const epoch = leaderEpoch < 0 ? null : leaderEpoch;
    return `${topic}-${partition}=OffsetAndMetadata{offset=${offset}, leaderEpoch=${epoch}, metadata=''}`;
  });
  return `{${entries.join(', ')}}`;
}

function classicException(error: CommitRefusal, groupId: string): Error {
  const { code } = error;
  const isGone = code === ErrorCode.UNKNOWN_MEMBER_ID || code === ErrorCode.ILLEGAL_GENERATION;
  return isGone ? new ConsumerError(COMMIT_FAILED, REBALANCED) : commonException(error, groupId);
}

function exception(error: CommitRefusal, groupId: string): Error {
  if (error.code === ErrorCode.UNKNOWN_MEMBER_ID)
    return new ConsumerError(COMMIT_FAILED, `OffsetCommit failed with unknown member ID. ${textOf(error)}`);
  if (error.code === ErrorCode.STALE_MEMBER_EPOCH) return new KafkaError(error.code);
  return commonException(error, groupId);
}

function commonException(error: CommitRefusal, groupId: string): Error {
  const { code } = error;
  if (code === ErrorCode.GROUP_AUTHORIZATION_FAILED)
    return new KafkaError(code, `Not authorized to access group: ${groupId}`);
  if (code === ErrorCode.TOPIC_AUTHORIZATION_FAILED)
    return new KafkaError(code, `Not authorized to access topics: [${topicsOf(error).join(', ')}]`);
  return AS_THEY_ARE.has(code)
    ? new KafkaError(code)
    : new KafkaException(`Unexpected error in commit: ${textOf(error)}`);
}

const textOf = ({ code }: CommitRefusal): string => errorInfo(code).text;
const topicsOf = ({ refused }: CommitRefusal): string[] => [...new Set(refused.map(({ topic }) => topic))];

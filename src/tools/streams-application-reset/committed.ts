import type { PartitionOutcome } from '../../client/admin.ts';
import { KafkaException } from '../../client/errors.ts';
import { ErrorCode } from '../../protocol/errors.ts';
import { throwFirstError } from '../outcomes.ts';
import type { Position } from './positions.ts';

/** An answer to a commit that Kafka's consumer puts into other words; as it came it is in its log. */
export class UnexpectedCommitError extends KafkaException {
  readonly logged: string;

  constructor(message: string, logged: string) {
    super(message);
    this.logged = logged;
  }
}

/** The group has members, and none that commits without being one. */
class CommitFailedError extends UnexpectedCommitError {
  constructor(logged: string) {
    super(LOST_MEMBERSHIP, logged);
  }

  override toString(): string {
    return `org.apache.kafka.clients.consumer.CommitFailedException: ${this.message}`;
  }
}

const LOST_MEMBERSHIP =
  'Commit cannot be completed since the group has already rebalanced and assigned the partitions to another member. This means that the time between subsequent calls to poll() was longer than the configured max.poll.interval.ms, which typically implies that the poll loop is spending too much time message processing. You can address this either by increasing max.poll.interval.ms or by reducing the maximum size of batches returned in poll() with max.poll.records.';

const OF_MEMBERS: readonly number[] = [ErrorCode.UNKNOWN_MEMBER_ID, ErrorCode.ILLEGAL_GENERATION];

/** Refusals that the consumer throws as they are (ConsumerCoordinator.OffsetCommitResponseHandler, 4.3.1). */
const AS_THEY_ARE: readonly number[] = [
  ErrorCode.GROUP_AUTHORIZATION_FAILED,
  ErrorCode.TOPIC_AUTHORIZATION_FAILED,
  ErrorCode.OFFSET_METADATA_TOO_LARGE,
  ErrorCode.INVALID_COMMIT_OFFSET_SIZE,
];

/** @throws KafkaError or UnexpectedCommitError for the first offset that was not taken */
export function throwIfRefused(
  group: string,
  offsets: readonly Position[],
  outcomes: readonly PartitionOutcome[],
): void {
  const refused = outcomes.find(({ error }) => error !== undefined);
  if (!refused?.error) return;
  const { topic, partition, error } = refused;
  if (error.retriable || AS_THEY_ARE.includes(error.code)) throwFirstError(outcomes);
  const at = offsets.find((each) => each.topic === topic && each.partition === partition)?.offset;
  const where = `on partition ${topic}-${partition} at offset ${at}`;
  const client = `[Consumer clientId=consumer-${group}-1, groupId=${group}]`;
  const logged = `${client} Offset commit failed ${where}: ${error.message}`;
  if (OF_MEMBERS.includes(error.code)) throw new CommitFailedError(logged);
  throw new UnexpectedCommitError(`Unexpected error in commit: ${error.message}`, logged);
}

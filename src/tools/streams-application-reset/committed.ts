import type { PartitionOutcome } from '../../client/admin.ts';
import { KafkaException } from '../../client/errors.ts';
import { ErrorCode } from '../../protocol/errors.ts';
import { throwFirstError } from '../outcomes.ts';
import type { Position } from './positions.ts';

/** An answer to a commit that Kafka's consumer has no rule for; it is in its log too. */
export class UnexpectedCommitError extends KafkaException {
  readonly logged: string;

  constructor(message: string, logged: string) {
    super(`Unexpected error in commit: ${message}`);
    this.logged = logged;
  }
}

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
  throw new UnexpectedCommitError(error.message, `${client} Offset commit failed ${where}: ${error.message}`);
}

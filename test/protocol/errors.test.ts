import { describe, expect, it } from 'vitest';
import { ErrorCode, errorInfo, KafkaError } from '../../src/protocol/errors.ts';

describe('errors', () => {
  it('know their number, class, text and whether to try again', () => {
    expect(errorInfo(ErrorCode.NOT_LEADER_OR_FOLLOWER)).toMatchObject({
      code: 6,
      name: 'NOT_LEADER_OR_FOLLOWER',
      exceptionClass: 'org.apache.kafka.common.errors.NotLeaderOrFollowerException',
      retriable: true,
      invalidMetadata: true,
    });
    expect(errorInfo(ErrorCode.TOPIC_ALREADY_EXISTS)).toMatchObject({
      code: 36,
      retriable: false,
      invalidMetadata: false,
    });
    expect(errorInfo(ErrorCode.CORRUPT_MESSAGE)).toMatchObject({ code: 2, retriable: true, invalidMetadata: false });
  });

  it('of a later Kafka read as an unknown server error', () => {
    expect(errorInfo(30_000).name).toBe('UNKNOWN_SERVER_ERROR');
  });

  it('print as Java prints them, with their own message or the one of their number', () => {
    expect(String(new KafkaError(ErrorCode.TOPIC_ALREADY_EXISTS, "Topic 'x' already exists."))).toBe(
      "org.apache.kafka.common.errors.TopicExistsException: Topic 'x' already exists.",
    );
    expect(new KafkaError(ErrorCode.REQUEST_TIMED_OUT).message).toBe('The request timed out.');
  });
});

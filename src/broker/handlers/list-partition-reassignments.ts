// ListPartitionReassignments, v0 (KIP-455): the reassignments in progress. On one node a replica has nowhere to go, so
// there is never one; unknown topics are no error, in Kafka either.
import { ErrorCode } from '../../protocol/errors.ts';
import { ListPartitionReassignments } from '../../protocol/messages/list-partition-reassignments.ts';
import { defineHandler } from './define.ts';

export const listPartitionReassignmentsHandler = defineHandler(ListPartitionReassignments, () => ({
  throttleTimeMs: 0,
  errorCode: ErrorCode.NONE,
  errorMessage: null,
  topics: [],
}));

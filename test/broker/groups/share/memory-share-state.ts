// The state of share partitions in memory: outlives coordinators, and can be told to fail.
import type { ShareStateStore } from '../../../../src/broker/groups/share/state-store.ts';
import { ErrorCode, KafkaError } from '../../../../src/protocol/errors.ts';
import type { DeleteShareGroupStateRequest } from '../../../../src/protocol/messages/delete-share-group-state.ts';
import type { InitializeShareGroupStateRequest } from '../../../../src/protocol/messages/initialize-share-group-state.ts';
import type { ReadShareGroupStateSummaryRequest } from '../../../../src/protocol/messages/read-share-group-state-summary.ts';

interface State {
  stateEpoch: number;
  startOffset: number;
}

export class MemoryShareState implements ShareStateStore {
  /** By `group/topicId/partition`. */
  readonly states = new Map<string, State>();
  /** Answers every partition with this error code while it is set. */
  failure: number | undefined;
  /** Throws instead of answering. */
  throws = false;

  initialize({ groupId, topics }: InitializeShareGroupStateRequest) {
    return this.#each(topics, (topicId, { partition, stateEpoch, startOffset }) => {
      this.states.set(`${groupId}/${topicId}/${partition}`, { stateEpoch, startOffset });
    });
  }

  delete({ groupId, topics }: DeleteShareGroupStateRequest) {
    return this.#each(topics, (topicId, { partition }) => {
      this.states.delete(`${groupId}/${topicId}/${partition}`);
    });
  }

  readSummary({ groupId, topics }: ReadShareGroupStateSummaryRequest) {
    return {
      results: topics.map(({ topicId, partitions }) => ({
        topicId,
        partitions: partitions.map(({ partition }) => {
          const state = this.states.get(`${groupId}/${topicId}/${partition}`);
          const { stateEpoch = 0, startOffset = -1 } = state ?? {};
          const deliveryCompleteCount = startOffset === -1 ? -1 : 0;
          const errorCode = this.failure ?? ErrorCode.NONE;
          return {
            partition,
            errorCode,
            errorMessage: null,
            stateEpoch,
            leaderEpoch: 0,
            startOffset,
            deliveryCompleteCount,
          };
        }),
      })),
    };
  }

  #each<P extends { readonly partition: number }>(
    topics: readonly { readonly topicId: string; readonly partitions: readonly P[] }[],
    set: (topicId: string, partition: P) => void,
  ) {
    if (this.failure !== undefined && this.throws) throw new KafkaError(this.failure);
    return {
      results: topics.map(({ topicId, partitions }) => ({
        topicId,
        partitions: partitions.map((asked) => {
          if (this.failure === undefined) set(topicId, asked);
          return { partition: asked.partition, errorCode: this.failure ?? ErrorCode.NONE, errorMessage: null };
        }),
      })),
    };
  }
}

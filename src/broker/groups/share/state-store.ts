// What the group coordinator asks of the share coordinator (Persister), in the shapes of the APIs between the two.
import type {
  DeleteShareGroupStateRequest,
  DeleteShareGroupStateResponse,
} from '../../../protocol/messages/delete-share-group-state.ts';
import type {
  InitializeShareGroupStateRequest,
  InitializeShareGroupStateResponse,
} from '../../../protocol/messages/initialize-share-group-state.ts';
import type {
  ReadShareGroupStateSummaryRequest,
  ReadShareGroupStateSummaryResponse,
} from '../../../protocol/messages/read-share-group-state-summary.ts';
import type { ShareCoordinator } from '../../shares/state/share-coordinator.ts';
import { stateAnswers } from '../../shares/state/state-answers.ts';

/** Keeps the state of share partitions; failures are in the answers, or KafkaErrors that stand for all partitions. */
export interface ShareStateStore {
  /** A start offset of -1 leaves it to the group's share.auto.offset.reset. */
  initialize(request: InitializeShareGroupStateRequest): InitializeShareGroupStateResponse;
  readSummary(request: ReadShareGroupStateSummaryRequest): ReadShareGroupStateSummaryResponse;
  delete(request: DeleteShareGroupStateRequest): DeleteShareGroupStateResponse;
}

const NO_SUMMARY = { stateEpoch: 0, leaderEpoch: 0, startOffset: -1, deliveryCompleteCount: -1 };

/** The share coordinator of this broker. */
export function stateStoreOf(coordinator: ShareCoordinator): ShareStateStore {
  return {
    initialize(request) {
      coordinator.prepare();
      return stateAnswers(request, {}, (key, { stateEpoch, startOffset }) => {
        coordinator.initialize(key, stateEpoch, startOffset);
        return {};
      });
    },
    readSummary: (request) => stateAnswers(request, NO_SUMMARY, (key) => coordinator.readSummary(key)),
    delete: (request) =>
      stateAnswers(request, {}, (key) => {
        coordinator.delete(key);
        return {};
      }),
  };
}

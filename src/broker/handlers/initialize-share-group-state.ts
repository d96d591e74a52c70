// InitializeShareGroupState, v0 (KIP-932): the group's coordinator begins to keep state of partitions.
import { InitializeShareGroupState } from '../../protocol/messages/initialize-share-group-state.ts';
import { defineHandler } from './define.ts';
import { stateAnswers } from './share-state-answers.ts';

export const initializeShareGroupStateHandler = defineHandler(InitializeShareGroupState, (request, { services }) =>
  stateAnswers(request, {}, (key, { stateEpoch, startOffset }) => {
    services.shareState.initialize(key, stateEpoch, startOffset);
    return {};
  }),
);

// InitializeShareGroupState, v0 (KIP-932): the group's coordinator begins to keep state of partitions.
import { InitializeShareGroupState } from '../../protocol/messages/initialize-share-group-state.ts';
import { stateAnswers } from '../shares/state/state-answers.ts';
import { defineHandler } from './define.ts';

export const initializeShareGroupStateHandler = defineHandler(InitializeShareGroupState, (request, { services }) =>
  stateAnswers(request, {}, (key, { stateEpoch, startOffset }) => {
    services.shareState.initialize(key, stateEpoch, startOffset);
    return {};
  }),
);

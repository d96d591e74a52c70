// DeleteShareGroupState, v0 (KIP-932): forgets what is kept of partitions.
import { DeleteShareGroupState } from '../../protocol/messages/delete-share-group-state.ts';
import { defineHandler } from './define.ts';
import { stateAnswers } from './share-state-answers.ts';

export const deleteShareGroupStateHandler = defineHandler(DeleteShareGroupState, (request, { services }) =>
  stateAnswers(request, {}, (key) => {
    services.shareState.delete(key);
    return {};
  }),
);

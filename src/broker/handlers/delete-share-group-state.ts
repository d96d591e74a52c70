// DeleteShareGroupState, v0 (KIP-932): forgets what is kept of partitions.
import { DeleteShareGroupState } from '../../protocol/messages/delete-share-group-state.ts';
import { stateAnswers } from '../shares/state/state-answers.ts';
import { defineHandler } from './define.ts';

export const deleteShareGroupStateHandler = defineHandler(DeleteShareGroupState, (request, { services }) =>
  stateAnswers(request, {}, (key) => {
    services.shareState.delete(key);
    return {};
  }),
);

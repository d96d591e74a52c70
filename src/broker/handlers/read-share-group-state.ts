// ReadShareGroupState, v0 (KIP-932): the leader of a partition begins to deliver it, and fences leaders before it.
import { ReadShareGroupState } from '../../protocol/messages/read-share-group-state.ts';
import { stateAnswers } from '../shares/state/state-answers.ts';
import { defineHandler } from './define.ts';

export const readShareGroupStateHandler = defineHandler(ReadShareGroupState, (request, { services }) =>
  stateAnswers(request, { stateEpoch: 0, startOffset: 0, stateBatches: [] }, (key, { leaderEpoch }) => {
    const { stateEpoch, startOffset, stateBatches } = services.shareState.read(key, leaderEpoch);
    return { stateEpoch, startOffset, stateBatches: [...stateBatches] };
  }),
);

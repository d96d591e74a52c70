// WriteShareGroupState, v0-1 (KIP-932): deliveries that a partition's leader wants kept. v1: how many are complete (KIP-1226).
import { WriteShareGroupState } from '../../protocol/messages/write-share-group-state.ts';
import { defineHandler } from './define.ts';
import { stateAnswers } from './share-state-answers.ts';

export const writeShareGroupStateHandler = defineHandler(WriteShareGroupState, (request, { services }) =>
  stateAnswers(request, {}, (key, change) => {
    services.shareState.write(key, change);
    return {};
  }),
);

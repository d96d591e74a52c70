// WriteShareGroupState, v0-1 (KIP-932): deliveries that a partition's leader wants kept. v1: how many are complete (KIP-1226).
import { WriteShareGroupState } from '../../protocol/messages/write-share-group-state.ts';
import { stateAnswers } from '../shares/state/state-answers.ts';
import { defineHandler } from './define.ts';

export const writeShareGroupStateHandler = defineHandler(WriteShareGroupState, (request, { services }) =>
  stateAnswers(request, {}, (key, change) => {
    services.shareState.write(key, change);
    return {};
  }),
);

// ReadShareGroupStateSummary, v0-1 (KIP-932): where share groups stand. v1: how many deliveries are complete (KIP-1226).
import { ReadShareGroupStateSummary } from '../../protocol/messages/read-share-group-state-summary.ts';
import { stateAnswers } from '../shares/state/state-answers.ts';
import { defineHandler } from './define.ts';

export const readShareGroupStateSummaryHandler = defineHandler(ReadShareGroupStateSummary, (request, { services }) =>
  stateAnswers(request, { stateEpoch: 0, leaderEpoch: 0, startOffset: 0, deliveryCompleteCount: -1 }, (key) =>
    services.shareState.readSummary(key),
  ),
);

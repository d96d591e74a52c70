// JoinGroup (v0-9): v1 rebalance timeout, v4 MEMBER_ID_REQUIRED (KIP-394), v5 static members (KIP-345), v7 protocol type
// in the answer (KIP-559), v8 reasons (KIP-800), v9 skipAssignment (KIP-814). Steps: groups/join.ts, groups/rebalance.ts.
import { JoinGroup } from '../../protocol/messages/join-group.ts';
import { defineHandler } from './define.ts';
import { groupClientOf } from './group-client.ts';

/** Before this version protocolName cannot be null. */
const NULLABLE_PROTOCOL_VERSION = 7;

export const joinGroupHandler = defineHandler(JoinGroup, async (request, context) => {
  // v0 knows one timeout only.
  const rebalanceTimeoutMs = context.apiVersion === 0 ? request.sessionTimeoutMs : request.rebalanceTimeoutMs;
  const response = await context.services.groups.join(groupClientOf(context), { ...request, rebalanceTimeoutMs });
  if (context.apiVersion >= NULLABLE_PROTOCOL_VERSION) return response;
  return { ...response, protocolName: response.protocolName ?? '' };
});

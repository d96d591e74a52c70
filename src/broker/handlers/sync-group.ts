// SyncGroup (v0-5): v3 static members (KIP-345), v5 the protocol that the member believes in (KIP-559). Steps: groups/sync.ts.
import { ErrorCode } from '../../protocol/errors.ts';
import { SyncGroup } from '../../protocol/messages/sync-group.ts';
import { syncError } from '../groups/messages.ts';
import { defineHandler } from './define.ts';

/** From this version on type and name of the protocol must be given. */
const PROTOCOL_REQUIRED_VERSION = 5;

export const syncGroupHandler = defineHandler(SyncGroup, (request, { services, apiVersion }) => {
  const isNamed = request.protocolType !== null && request.protocolName !== null;
  if (apiVersion >= PROTOCOL_REQUIRED_VERSION && !isNamed) return syncError(ErrorCode.INCONSISTENT_GROUP_PROTOCOL);
  return services.groups.sync(request);
});

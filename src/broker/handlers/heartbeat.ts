// Heartbeat (v0-4): v3 static members (KIP-345). Rules: groups/heartbeat.ts.
import { ErrorCode } from '../../protocol/errors.ts';
import { Heartbeat } from '../../protocol/messages/heartbeat.ts';
import { defineHandler } from './define.ts';
import { errorCodeOf } from './group-errors.ts';

export const heartbeatHandler = defineHandler(Heartbeat, (request, { services }) => {
  try {
    services.groups.heartbeat(request);
    return { errorCode: ErrorCode.NONE };
  } catch (error) {
    return { errorCode: errorCodeOf(error) };
  }
});

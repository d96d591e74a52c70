// Heartbeat: stay a member of a classic group. v3 static members, v4 flexible.
import { api, int16, int32, type RequestOf, type ResponseOf, string } from '../schema.ts';

export const Heartbeat = api({
  name: 'Heartbeat',
  key: 12,
  versions: [0, 4],
  flexible: 4,
  request: {
    groupId: string,
    generationId: int32,
    memberId: string,
    groupInstanceId: string.since(3).nullable().default(null),
  },
  response: { throttleTimeMs: int32.since(1), errorCode: int16 },
});

export interface HeartbeatRequest extends RequestOf<typeof Heartbeat> {}
export interface HeartbeatResponse extends ResponseOf<typeof Heartbeat> {}

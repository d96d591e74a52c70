// RemoveRaftVoter: remove a voter from the metadata quorum (KIP-853).
import { api, int16, int32, type RequestOf, type ResponseOf, string, uuid } from '../schema.ts';

export const RemoveRaftVoter = api({
  name: 'RemoveRaftVoter',
  key: 81,
  versions: [0, 0],
  flexible: 0,
  request: { clusterId: string.nullable(), voterId: int32, voterDirectoryId: uuid },
  response: { throttleTimeMs: int32, errorCode: int16, errorMessage: string.nullable() },
});

export interface RemoveRaftVoterRequest extends RequestOf<typeof RemoveRaftVoter> {}
export interface RemoveRaftVoterResponse extends ResponseOf<typeof RemoveRaftVoter> {}

// DelegationTokenRecord: a delegation token, without its key.
import { array, type DecodedMessage, int64, message, string } from '../../schema.ts';

export const DelegationTokenRecord = message({
  name: 'DelegationTokenRecord',
  versions: [0, 0],
  flexible: 0,
  fields: {
    owner: string,
    requester: string,
    renewers: array(string),
    issueTimestamp: int64,
    maxTimestamp: int64,
    expirationTimestamp: int64,
    tokenId: string,
  },
});

export interface DelegationTokenRecordData extends DecodedMessage<typeof DelegationTokenRecord> {}

// RemoveDelegationTokenRecord: removes a delegation token.
import { type DecodedMessage, message, string } from '../../schema.ts';

export const RemoveDelegationTokenRecord = message({
  name: 'RemoveDelegationTokenRecord',
  versions: [0, 0],
  flexible: 0,
  fields: { tokenId: string },
});

export interface RemoveDelegationTokenRecordData extends DecodedMessage<typeof RemoveDelegationTokenRecord> {}

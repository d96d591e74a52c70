// RemoveUserScramCredentialRecord: removes a SCRAM credential.
import { type DecodedMessage, int8, message, string } from '../../schema.ts';

export const RemoveUserScramCredentialRecord = message({
  name: 'RemoveUserScramCredentialRecord',
  versions: [0, 0],
  flexible: 0,
  fields: { name: string, mechanism: int8 },
});

export interface RemoveUserScramCredentialRecordData extends DecodedMessage<typeof RemoveUserScramCredentialRecord> {}

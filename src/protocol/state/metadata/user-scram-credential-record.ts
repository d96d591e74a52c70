// UserScramCredentialRecord: a SCRAM credential, salted.
import { bytes, type DecodedMessage, int8, int32, message, string } from '../../schema.ts';

export const UserScramCredentialRecord = message({
  name: 'UserScramCredentialRecord',
  versions: [0, 0],
  flexible: 0,
  fields: { name: string, mechanism: int8, salt: bytes, storedKey: bytes, serverKey: bytes, iterations: int32 },
});

export interface UserScramCredentialRecordData extends DecodedMessage<typeof UserScramCredentialRecord> {}

// AlterUserScramCredentials: set or remove SCRAM credentials, salted by the client (KIP-554).
import { api, array, bytes, int8, int16, int32, type RequestOf, type ResponseOf, string } from '../schema.ts';

export const AlterUserScramCredentials = api({
  name: 'AlterUserScramCredentials',
  key: 51,
  versions: [0, 0],
  flexible: 0,
  request: {
    deletions: array({ name: string, mechanism: int8 }),
    upsertions: array({ name: string, mechanism: int8, iterations: int32, salt: bytes, saltedPassword: bytes }),
  },
  response: {
    throttleTimeMs: int32,
    results: array({ user: string, errorCode: int16, errorMessage: string.nullable() }),
  },
});

export interface AlterUserScramCredentialsRequest extends RequestOf<typeof AlterUserScramCredentials> {}
export interface AlterUserScramCredentialsResponse extends ResponseOf<typeof AlterUserScramCredentials> {}

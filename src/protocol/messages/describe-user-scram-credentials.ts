// DescribeUserScramCredentials: the SCRAM mechanisms of users, never their secrets (KIP-554).
import { api, array, int8, int16, int32, type RequestOf, type ResponseOf, string } from '../schema.ts';

export const DescribeUserScramCredentials = api({
  name: 'DescribeUserScramCredentials',
  key: 50,
  versions: [0, 0],
  flexible: 0,
  request: { users: array({ name: string }).nullable() },
  response: {
    throttleTimeMs: int32,
    errorCode: int16,
    errorMessage: string.nullable(),
    results: array({
      user: string,
      errorCode: int16,
      errorMessage: string.nullable(),
      credentialInfos: array({ mechanism: int8, iterations: int32 }),
    }),
  },
});

export interface DescribeUserScramCredentialsRequest extends RequestOf<typeof DescribeUserScramCredentials> {}
export interface DescribeUserScramCredentialsResponse extends ResponseOf<typeof DescribeUserScramCredentials> {}

// ExpireDelegationToken: an earlier end for a delegation token.
import { api, bytes, int16, int32, int64, type RequestOf, type ResponseOf } from '../schema.ts';

export const ExpireDelegationToken = api({
  name: 'ExpireDelegationToken',
  key: 40,
  versions: [1, 2],
  flexible: 2,
  request: { hmac: bytes, expiryTimePeriodMs: int64 },
  response: { errorCode: int16, expiryTimestampMs: int64, throttleTimeMs: int32 },
});

export interface ExpireDelegationTokenRequest extends RequestOf<typeof ExpireDelegationToken> {}
export interface ExpireDelegationTokenResponse extends ResponseOf<typeof ExpireDelegationToken> {}

// RenewDelegationToken: a longer life for a delegation token.
import { api, bytes, int16, int32, int64, type RequestOf, type ResponseOf } from '../schema.ts';

export const RenewDelegationToken = api({
  name: 'RenewDelegationToken',
  key: 39,
  versions: [1, 2],
  flexible: 2,
  request: { hmac: bytes, renewPeriodMs: int64 },
  response: { errorCode: int16, expiryTimestampMs: int64, throttleTimeMs: int32 },
});

export interface RenewDelegationTokenRequest extends RequestOf<typeof RenewDelegationToken> {}
export interface RenewDelegationTokenResponse extends ResponseOf<typeof RenewDelegationToken> {}

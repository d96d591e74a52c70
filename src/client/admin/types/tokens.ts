// Delegation tokens (KIP-48). Principals are `User:alice`; times are milliseconds since the epoch.

export interface DelegationTokenInfo {
  readonly tokenId: string;
  readonly owner: string;
  readonly requester: string;
  readonly renewers: readonly string[];
  readonly issueTimestamp: number;
  readonly expiryTimestamp: number;
  readonly maxTimestamp: number;
  /** In base64 the password of whoever logs in with the token, its id being the user. */
  readonly hmac: Buffer;
}

export interface NewDelegationToken {
  /** Undefined for who asks. */
  readonly owner?: string;
  readonly renewers?: readonly string[];
  /** Milliseconds; -1 for what the broker allows. */
  readonly maxLifetimeMs?: number;
}

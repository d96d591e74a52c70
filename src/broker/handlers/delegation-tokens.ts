// CreateDelegationToken (v1-3), RenewDelegationToken, ExpireDelegationToken (v1-2) and DescribeDelegationToken (v1-3) on a
// listener without authentication: tokens are only for who has logged in, which comes before whether they are enabled.
// Follows KafkaApis.allowTokenRequests (KIP-48, KIP-373).
import { ErrorCode } from '../../protocol/errors.ts';
import { CreateDelegationToken } from '../../protocol/messages/create-delegation-token.ts';
import { DescribeDelegationToken } from '../../protocol/messages/describe-delegation-token.ts';
import { ExpireDelegationToken } from '../../protocol/messages/expire-delegation-token.ts';
import { RenewDelegationToken } from '../../protocol/messages/renew-delegation-token.ts';
import { defineHandler } from './define.ts';

const NOT_ALLOWED = { errorCode: ErrorCode.DELEGATION_TOKEN_REQUEST_NOT_ALLOWED, throttleTimeMs: 0 } as const;
const NO_TIME = -1;

export const createDelegationTokenHandler = defineHandler(CreateDelegationToken, (request, { connection }) => {
  const requester = principalOf(connection.principal);
  const { ownerPrincipalType, ownerPrincipalName } = request;
  const owner =
    ownerPrincipalType && ownerPrincipalName ? { type: ownerPrincipalType, name: ownerPrincipalName } : requester;
  return {
    ...NOT_ALLOWED,
    principalType: owner.type,
    principalName: owner.name,
    tokenRequesterPrincipalType: requester.type,
    tokenRequesterPrincipalName: requester.name,
    issueTimestampMs: NO_TIME,
    expiryTimestampMs: NO_TIME,
    maxTimestampMs: NO_TIME,
    tokenId: '',
    hmac: Buffer.alloc(0),
  };
});

export const renewDelegationTokenHandler = defineHandler(RenewDelegationToken, () => ({
  ...NOT_ALLOWED,
  expiryTimestampMs: NO_TIME,
}));

export const expireDelegationTokenHandler = defineHandler(ExpireDelegationToken, () => ({
  ...NOT_ALLOWED,
  expiryTimestampMs: NO_TIME,
}));

export const describeDelegationTokenHandler = defineHandler(DescribeDelegationToken, () => ({
  ...NOT_ALLOWED,
  tokens: [],
}));

/** `User:ANONYMOUS` in its parts. */
function principalOf(text: string): { type: string; name: string } {
  const colon = text.indexOf(':');
  return { type: text.slice(0, colon), name: text.slice(colon + 1) };
}

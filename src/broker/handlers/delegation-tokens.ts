// CreateDelegationToken (v1-3), RenewDelegationToken, ExpireDelegationToken (v1-2) and DescribeDelegationToken (v1-3): tokens
// that stand in for a login. Only who has logged in otherwise may ask, which comes before whether tokens are enabled.
// Follows KafkaApis and DelegationTokenControlManager (KIP-48; KIP-373: tokens for others).
import { ErrorCode, KafkaError } from '../../protocol/errors.ts';
import { CreateDelegationToken } from '../../protocol/messages/create-delegation-token.ts';
import { DescribeDelegationToken } from '../../protocol/messages/describe-delegation-token.ts';
import { ExpireDelegationToken } from '../../protocol/messages/expire-delegation-token.ts';
import { RenewDelegationToken } from '../../protocol/messages/renew-delegation-token.ts';
import type { DelegationToken } from '../metadata/image.ts';
import { ANONYMOUS } from '../network/authentication.ts';
import type { ConnectionInfo } from '../network/connection-info.ts';
import { AclOperation, AclResource } from '../security/acl.ts';
import { defineHandler, type RequestContext } from './define.ts';

interface Principal {
  readonly principalType: string;
  readonly principalName: string;
}

const NO_TIME = -1;
const USER = 'User';

export const createDelegationTokenHandler = defineHandler(CreateDelegationToken, (request, context) => {
  const { connection, services } = context;
  const requester = connection.principal;
  const { ownerPrincipalType, ownerPrincipalName, renewers, maxLifetimeMs } = request;
  const owner = ownerPrincipalName ? `${ownerPrincipalType ?? ''}:${ownerPrincipalName}` : requester;
  const { principalType: tokenRequesterPrincipalType, principalName: tokenRequesterPrincipalName } = parted(requester);
  const parties = { ...parted(owner), tokenRequesterPrincipalType, tokenRequesterPrincipalName, throttleTimeMs: 0 };
  try {
    checkAllowed(connection);
    if (owner !== requester && !may(context, AclOperation.CREATE_TOKENS, AclResource.USER, owner))
      throw new KafkaError(ErrorCode.DELEGATION_TOKEN_AUTHORIZATION_FAILED);
    if (renewers.some(({ principalType }) => principalType !== USER))
      throw new KafkaError(ErrorCode.INVALID_PRINCIPAL_TYPE);
    const token = services.tokens.create({ owner, requester, renewers: renewers.map(joined), maxLifetimeMs });
    return {
      ...parties,
      errorCode: ErrorCode.NONE,
      issueTimestampMs: token.issueTimestamp,
      expiryTimestampMs: token.expirationTimestamp,
      maxTimestampMs: token.maxTimestamp,
      tokenId: token.tokenId,
      hmac: services.tokens.hmacOf(token.tokenId),
    };
  } catch (error) {
    const times = { issueTimestampMs: NO_TIME, expiryTimestampMs: NO_TIME, maxTimestampMs: NO_TIME };
    return { ...parties, ...times, errorCode: codeOf(error), tokenId: '', hmac: Buffer.alloc(0) };
  }
});

export const renewDelegationTokenHandler = defineHandler(RenewDelegationToken, (request, { connection, services }) =>
  newEnd(connection, () => services.tokens.renew(request.hmac, connection.principal, request.renewPeriodMs)),
);

export const expireDelegationTokenHandler = defineHandler(ExpireDelegationToken, (request, { connection, services }) =>
  newEnd(connection, () => services.tokens.expire(request.hmac, connection.principal, request.expiryTimePeriodMs)),
);

export const describeDelegationTokenHandler = defineHandler(DescribeDelegationToken, ({ owners }, context) => {
  const { connection, services } = context;
  const { tokens } = services;
  try {
    checkAllowed(connection);
    if (!tokens.isEnabled) throw new KafkaError(ErrorCode.DELEGATION_TOKEN_AUTH_DISABLED);
    const wanted = owners?.map(joined);
    const visible = [...tokens.all].filter((token) => isVisible(token, wanted, context));
    const described = visible.map((token) => ({ ...tokenData(token), hmac: tokens.hmacOf(token.tokenId) }));
    return { errorCode: ErrorCode.NONE, throttleTimeMs: 0, tokens: described };
  } catch (error) {
    return { errorCode: codeOf(error), throttleTimeMs: 0, tokens: [] };
  }
});

function newEnd(connection: ConnectionInfo, change: () => number) {
  try {
    checkAllowed(connection);
    return { errorCode: ErrorCode.NONE, expiryTimestampMs: change(), throttleTimeMs: 0 };
  } catch (error) {
    return { errorCode: codeOf(error), expiryTimestampMs: NO_TIME, throttleTimeMs: 0 };
  }
}

/** KafkaApis.allowTokenRequests. @throws KafkaError */
function checkAllowed({ securityProtocol, principal, authentication }: ConnectionInfo): void {
  const isNobody = securityProtocol === 'PLAINTEXT' || (securityProtocol === 'SSL' && principal === ANONYMOUS);
  if (isNobody || authentication.tokenAuthenticated)
    throw new KafkaError(ErrorCode.DELEGATION_TOKEN_REQUEST_NOT_ALLOWED);
}

/** DelegationTokenManager.filterToken: who asked for a token counts as its owner here, though not for renewing it. */
function isVisible(token: DelegationToken, wanted: readonly string[] | undefined, context: RequestContext): boolean {
  const ofToken = [token.owner, token.requester, ...token.renewers];
  const concerns = (principal: string) => ofToken.includes(principal);
  if (wanted !== undefined && !wanted.some(concerns)) return false;
  return (
    concerns(context.connection.principal) ||
    may(context, AclOperation.DESCRIBE, AclResource.DELEGATION_TOKEN, token.tokenId) ||
    may(context, AclOperation.DESCRIBE_TOKENS, AclResource.USER, token.owner)
  );
}

function may({ access }: RequestContext, operation: number, type: number, name: string): boolean {
  return access?.may(operation, type, name) ?? true;
}

function tokenData({ owner, requester, renewers, tokenId, ...times }: DelegationToken) {
  const { principalType: tokenRequesterPrincipalType, principalName: tokenRequesterPrincipalName } = parted(requester);
  return {
    ...{ ...parted(owner), tokenRequesterPrincipalType, tokenRequesterPrincipalName, tokenId },
    issueTimestamp: times.issueTimestamp,
    expiryTimestamp: times.expirationTimestamp,
    maxTimestamp: times.maxTimestamp,
    renewers: renewers.map(parted),
  };
}

function codeOf(error: unknown): number {
  if (error instanceof KafkaError) return error.code;
  throw error;
}

function joined({ principalType, principalName }: Principal): string {
  return `${principalType}:${principalName}`;
}

/** `User:alice` in its parts. */
function parted(principal: string): Principal {
  const colon = principal.indexOf(':');
  return { principalType: principal.slice(0, colon), principalName: principal.slice(colon + 1) };
}

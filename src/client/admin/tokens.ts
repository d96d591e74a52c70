import { CreateDelegationToken } from '../../protocol/messages/create-delegation-token.ts';
import { DescribeDelegationToken } from '../../protocol/messages/describe-delegation-token.ts';
import { ExpireDelegationToken } from '../../protocol/messages/expire-delegation-token.ts';
import { RenewDelegationToken } from '../../protocol/messages/renew-delegation-token.ts';
import type { Cluster } from '../cluster.ts';
import { refuseIfError } from '../errors.ts';
import type { CallOptions, DelegationTokenInfo, NewDelegationToken } from './types.ts';

/** @see Admin.createDelegationToken */
export function createDelegationToken(
  cluster: Cluster,
  { owner, renewers = [], maxLifetimeMs = -1 }: NewDelegationToken = {},
  { timeoutMs }: CallOptions = {},
): Promise<DelegationTokenInfo> {
  return cluster.call(
    'createDelegationToken',
    'controller',
    async (broker) => {
      const { principalType = null, principalName = null } = owner === undefined ? {} : parted(owner);
      const created = await broker.send(CreateDelegationToken, {
        ...{ ownerPrincipalType: principalType, ownerPrincipalName: principalName },
        renewers: renewers.map(parted),
        maxLifetimeMs,
      });
      refuseIfError(created.errorCode);
      return {
        ...{ tokenId: created.tokenId, hmac: created.hmac, renewers, ...partiesOf(created) },
        issueTimestamp: created.issueTimestampMs,
        expiryTimestamp: created.expiryTimestampMs,
        maxTimestamp: created.maxTimestampMs,
      };
    },
    timeoutMs,
  );
}

/** @see Admin.renewDelegationToken */
export function renewDelegationToken(
  cluster: Cluster,
  hmac: Buffer,
  renewPeriodMs = -1,
  { timeoutMs }: CallOptions = {},
): Promise<number> {
  return cluster.call(
    'renewDelegationToken',
    'controller',
    async (broker) => {
      const { errorCode, expiryTimestampMs } = await broker.send(RenewDelegationToken, { hmac, renewPeriodMs });
      refuseIfError(errorCode);
      return expiryTimestampMs;
    },
    timeoutMs,
  );
}

/** @see Admin.expireDelegationToken */
export function expireDelegationToken(
  cluster: Cluster,
  hmac: Buffer,
  expiryTimePeriodMs = -1,
  { timeoutMs }: CallOptions = {},
): Promise<number> {
  return cluster.call(
    'expireDelegationToken',
    'controller',
    async (broker) => {
      const { errorCode, expiryTimestampMs } = await broker.send(ExpireDelegationToken, { hmac, expiryTimePeriodMs });
      refuseIfError(errorCode);
      return expiryTimestampMs;
    },
    timeoutMs,
  );
}

/** @see Admin.describeDelegationTokens */
export function describeDelegationTokens(
  cluster: Cluster,
  owners?: readonly string[],
  { timeoutMs }: CallOptions = {},
): Promise<DelegationTokenInfo[]> {
  return cluster.call(
    'describeDelegationToken',
    'any',
    async (broker) => {
      const request = { owners: owners?.map(parted) ?? null };
      const { errorCode, tokens } = await broker.send(DescribeDelegationToken, request);
      refuseIfError(errorCode);
      return tokens.map(({ renewers, tokenId, hmac, issueTimestamp, expiryTimestamp, maxTimestamp, ...parties }) => ({
        ...{ tokenId, hmac, issueTimestamp, expiryTimestamp, maxTimestamp, ...partiesOf(parties) },
        renewers: renewers.map(({ principalType, principalName }) => `${principalType}:${principalName}`),
      }));
    },
    timeoutMs,
  );
}

interface Parties {
  readonly principalType: string;
  readonly principalName: string;
  readonly tokenRequesterPrincipalType: string;
  readonly tokenRequesterPrincipalName: string;
}

/** Before version 3 nobody could ask for another's token. */
function partiesOf(from: Parties): { owner: string; requester: string } {
  const owner = `${from.principalType}:${from.principalName}`;
  const { tokenRequesterPrincipalType: type, tokenRequesterPrincipalName: name } = from;
  return { owner, requester: name === '' ? owner : `${type}:${name}` };
}

function parted(principal: string): { principalType: string; principalName: string } {
  const colon = principal.indexOf(':');
  return { principalType: principal.slice(0, colon), principalName: principal.slice(colon + 1) };
}

// What is served at all, and the requests of the recorded security session (test/kafka/security-session.jsonl), in order, against a new cluster of one
// node with id 1 that has no authorizer, no SASL, no secret key for delegation tokens and a quorum of static voters.
import { AddRaftVoter } from '../../../src/protocol/messages/add-raft-voter.ts';
import { ApiVersions } from '../../../src/protocol/messages/api-versions.ts';
import { CreateAcls } from '../../../src/protocol/messages/create-acls.ts';
import { CreateDelegationToken } from '../../../src/protocol/messages/create-delegation-token.ts';
import { DeleteAcls } from '../../../src/protocol/messages/delete-acls.ts';
import { DescribeAcls } from '../../../src/protocol/messages/describe-acls.ts';
import { DescribeDelegationToken } from '../../../src/protocol/messages/describe-delegation-token.ts';
import { ExpireDelegationToken } from '../../../src/protocol/messages/expire-delegation-token.ts';
import { RemoveRaftVoter } from '../../../src/protocol/messages/remove-raft-voter.ts';
import { RenewDelegationToken } from '../../../src/protocol/messages/renew-delegation-token.ts';
import { SaslAuthenticate } from '../../../src/protocol/messages/sasl-authenticate.ts';
import { SaslHandshake } from '../../../src/protocol/messages/sasl-handshake.ts';
import type { Api, RequestInput } from '../../../src/protocol/schema.ts';
import { type AdminStep, step } from './admin-requests.ts';

/** One step for each version of the API. */
const each = <A extends Api>(api: A, body: RequestInput<A>): AdminStep[] => {
  const [min, max] = api.versions;
  return Array.from({ length: max - min + 1 }, (_, i) => step(api, min + i, body));
};

const sasl: readonly AdminStep[] = [
  step(ApiVersions, 3, { clientSoftwareName: 'test', clientSoftwareVersion: '1' }),
  step(ApiVersions, 4, { clientSoftwareName: 'test', clientSoftwareVersion: '1' }),
  step(ApiVersions, 4, { clientSoftwareName: '', clientSoftwareVersion: '1' }),
  ...each(SaslHandshake, { mechanism: 'PLAIN' }),
  step(SaslHandshake, 1, { mechanism: '' }),
  step(SaslHandshake, 1, { mechanism: 'NO-SUCH' }),
  ...each(SaslAuthenticate, { authBytes: Buffer.from('\0alice\0secret') }),
  step(SaslAuthenticate, 2, { authBytes: Buffer.alloc(0) }),
];

const TOPIC = 2;
const CLUSTER = 4;
const LITERAL = 3;
const PREFIXED = 4;
const READ = 3;
const ALLOW = 3;
const acl = {
  resourceType: TOPIC,
  resourceName: 'orders',
  resourcePatternType: LITERAL,
  principal: 'User:alice',
  host: '*',
  operation: READ,
  permissionType: ALLOW,
};
const filter = {
  resourceTypeFilter: TOPIC,
  resourceNameFilter: 'orders',
  patternTypeFilter: LITERAL,
  principalFilter: null,
  hostFilter: null,
  operation: 1,
  permissionType: 1,
};
const ANYTHING = { ...filter, resourceTypeFilter: 1, resourceNameFilter: null, patternTypeFilter: 1 };

const acls: readonly AdminStep[] = [
  ...each(DescribeAcls, filter),
  step(DescribeAcls, 3, ANYTHING),
  step(DescribeAcls, 3, { ...filter, patternTypeFilter: 2 }),
  step(DescribeAcls, 3, { ...filter, resourceTypeFilter: 0 }),
  step(DescribeAcls, 3, { ...filter, resourceTypeFilter: 99 }),
  step(DescribeAcls, 3, { ...filter, patternTypeFilter: 0 }),
  step(DescribeAcls, 3, { ...filter, operation: 0 }),
  step(DescribeAcls, 3, { ...filter, operation: 99 }),
  step(DescribeAcls, 3, { ...filter, permissionType: 0 }),
  step(DescribeAcls, 3, { ...filter, principalFilter: 'nocolon' }),
  ...each(CreateAcls, { creations: [acl] }),
  step(CreateAcls, 3, { creations: [] }),
  step(CreateAcls, 3, { creations: [acl, acl] }),
  step(CreateAcls, 3, { creations: [{ ...acl, resourceName: '' }] }),
  step(CreateAcls, 3, { creations: [{ ...acl, resourcePatternType: PREFIXED }] }),
  step(CreateAcls, 3, { creations: [{ ...acl, resourceType: CLUSTER }] }),
  step(CreateAcls, 3, { creations: [{ ...acl, principal: 'nocolon' }] }),
  step(CreateAcls, 3, { creations: [acl, { ...acl, resourceType: 1 }] }),
  step(CreateAcls, 3, { creations: [{ ...acl, resourceType: 0 }] }),
  step(CreateAcls, 3, { creations: [{ ...acl, resourcePatternType: 0 }] }),
  step(CreateAcls, 3, { creations: [{ ...acl, resourcePatternType: 1 }] }),
  step(CreateAcls, 3, { creations: [{ ...acl, operation: 0 }] }),
  step(CreateAcls, 3, { creations: [{ ...acl, operation: 1 }] }),
  step(CreateAcls, 3, { creations: [{ ...acl, permissionType: 99 }] }),
  ...each(DeleteAcls, { filters: [filter] }),
  step(DeleteAcls, 3, { filters: [] }),
  step(DeleteAcls, 3, { filters: [filter, ANYTHING] }),
  step(DeleteAcls, 3, { filters: [{ ...filter, resourceTypeFilter: 0 }] }),
  step(DeleteAcls, 3, { filters: [filter, { ...filter, patternTypeFilter: 0 }] }),
  step(DeleteAcls, 3, { filters: [{ ...filter, operation: 0 }] }),
  step(DeleteAcls, 3, { filters: [{ ...filter, permissionType: 0 }] }),
];

// The versions before 1 of PREFIXED and others do not exist any more; v1 has pattern types.
const oldPatterns: readonly AdminStep[] = [
  step(CreateAcls, 1, { creations: [{ ...acl, resourcePatternType: PREFIXED }] }),
  step(DescribeAcls, 1, { ...filter, patternTypeFilter: 2 }),
];

const alice = { principalType: 'User', principalName: 'alice' };
const tokens: readonly AdminStep[] = [
  ...[1, 2].map((version) => step(CreateDelegationToken, version, { renewers: [alice], maxLifetimeMs: -1 })),
  step(CreateDelegationToken, 3, {
    ownerPrincipalType: null,
    ownerPrincipalName: null,
    renewers: [],
    maxLifetimeMs: 1000,
  }),
  step(CreateDelegationToken, 3, {
    ownerPrincipalType: 'User',
    ownerPrincipalName: 'bob',
    renewers: [{ principalType: 'Group', principalName: 'x' }],
    maxLifetimeMs: 0,
  }),
  ...each(RenewDelegationToken, { hmac: Buffer.from('abc'), renewPeriodMs: -1 }),
  ...each(ExpireDelegationToken, { hmac: Buffer.from('abc'), expiryTimePeriodMs: -1 }),
  ...each(DescribeDelegationToken, { owners: null }),
  step(DescribeDelegationToken, 3, { owners: [] }),
  step(DescribeDelegationToken, 3, { owners: [alice] }),
];

const ID = 'AAAAAAAAAAAAAAAAAAAAAQ';
const voter = {
  clusterId: null,
  timeoutMs: 1000,
  voterId: 7,
  voterDirectoryId: ID,
  listeners: [{ name: 'CONTROLLER', host: 'localhost', port: 9099 }],
};
const voters: readonly AdminStep[] = [
  ...each(AddRaftVoter, voter),
  step(AddRaftVoter, 1, { ...voter, ackWhenCommitted: false }),
  step(AddRaftVoter, 1, { ...voter, voterId: 1 }),
  step(AddRaftVoter, 1, { ...voter, voterId: -1 }),
  step(AddRaftVoter, 1, { ...voter, clusterId: 'another' }),
  step(AddRaftVoter, 1, { ...voter, listeners: [] }),
  step(AddRaftVoter, 1, { ...voter, listeners: [{ name: 'NOPE', host: 'localhost', port: 9099 }] }),
  step(AddRaftVoter, 1, { ...voter, timeoutMs: -1 }),
  step(RemoveRaftVoter, 0, { clusterId: null, voterId: 7, voterDirectoryId: ID }),
  step(RemoveRaftVoter, 0, { clusterId: null, voterId: 1, voterDirectoryId: ID }),
  step(RemoveRaftVoter, 0, { clusterId: null, voterId: -1, voterDirectoryId: ID }),
  step(RemoveRaftVoter, 0, { clusterId: 'another', voterId: 1, voterDirectoryId: ID }),
];

export const SECURITY_STEPS: readonly AdminStep[] = [...sasl, ...acls, ...oldPatterns, ...tokens, ...voters];

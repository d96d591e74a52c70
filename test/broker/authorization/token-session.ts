// What bob may do with alice's delegation token and in her name, under one permission after the other. All log in with PLAIN:
// who has not logged in has nothing to do with tokens.
import { setTimeout } from 'node:timers/promises';
import { CLUSTER_NAME, PatternType, AclResource as Resource, SUPPORTED_OPERATIONS } from '../../../src/protocol/acl.ts';
import { errorInfo } from '../../../src/protocol/errors.ts';
import { CreateAcls } from '../../../src/protocol/messages/create-acls.ts';
import { CreateDelegationToken } from '../../../src/protocol/messages/create-delegation-token.ts';
import { DeleteAcls } from '../../../src/protocol/messages/delete-acls.ts';
import { DescribeDelegationToken } from '../../../src/protocol/messages/describe-delegation-token.ts';
import { ExpireDelegationToken } from '../../../src/protocol/messages/expire-delegation-token.ts';
import { RenewDelegationToken } from '../../../src/protocol/messages/renew-delegation-token.ts';
import { SaslAuthenticate } from '../../../src/protocol/messages/sasl-authenticate.ts';
import { SaslHandshake } from '../../../src/protocol/messages/sasl-handshake.ts';
import type { Api, RequestInput, ResponseOf } from '../../../src/protocol/schema.ts';
import { describePermission, Op, type Permission } from './cases.ts';
import { converse } from './raw-requests.ts';

const users = ['admin', 'alice', 'bob'].map((name) => `user_${name}="${name}-secret"`).join(' ');
const PLAIN = 'org.apache.kafka.common.security.plain.PlainLoginModule';

/** server.properties of the broker, besides its addresses; its listener is called PLAINTEXT. */
export const TOKEN_PROPERTIES: ReadonlyMap<string, string> = new Map([
  ['listener.security.protocol.map', 'PLAINTEXT:SASL_PLAINTEXT,CONTROLLER:PLAINTEXT'],
  ['sasl.enabled.mechanisms', 'PLAIN'],
  ['sasl.mechanism.inter.broker.protocol', 'PLAIN'],
  [
    'listener.name.plaintext.plain.sasl.jaas.config',
    `${PLAIN} required username="admin" password="admin-secret" ${users};`,
  ],
  ['delegation.token.secret.key', 'a-secret-key'],
  ['authorizer.class.name', 'org.apache.kafka.metadata.authorizer.StandardAuthorizer'],
  ['super.users', 'User:admin;User:ANONYMOUS'],
]);

export interface RecordedTokenAccess {
  readonly granted: string;
  readonly denied: boolean;
  /** The error of each request, or of a description whether alice's token is in it. */
  readonly answers: Readonly<Record<string, string>>;
}

const ALICE = { principalType: 'User', principalName: 'alice' };
const ALLOW = 3;
const DENY = 2;
const ANY = 1;

async function as<A extends Api>(port: number, user: string, api: A, version: number, body: RequestInput<A>) {
  const login = [
    { api: SaslHandshake as unknown as Api, version: 1, body: { mechanism: 'PLAIN' } },
    {
      api: SaslAuthenticate as unknown as Api,
      version: 2,
      body: { authBytes: Buffer.from(`\0${user}\0${user}-secret`) },
    },
  ];
  const request = { api: api as unknown as Api, version, body: body as object };
  const answer = (await converse({ port, from: '127.0.0.1' }, [...login, request]))[2];
  if (answer === 'closed') throw new Error(`${api.name}: the broker closed the connection`);
  return answer as ResponseOf<A>;
}

const on = (
  resourceType: number,
  resourceName: string,
  operation: number,
  patternType: number = PatternType.LITERAL,
) => ({
  ...{ operation, resourceType, resourceName, patternType },
});

/** `@token` stands for the id of alice's token. */
function permissions(): Permission[] {
  const all = (type: number, name: string) =>
    [Op.ALL, ...(SUPPORTED_OPERATIONS.get(type) ?? [])].map((operation) => on(type, name, operation));
  return [
    ...all(Resource.USER, 'User:alice'),
    ...all(Resource.USER, '*'),
    on(Resource.USER, 'User:al', Op.CREATE_TOKENS, PatternType.PREFIXED),
    on(Resource.USER, 'User:al', Op.DESCRIBE_TOKENS, PatternType.PREFIXED),
    ...all(Resource.USER, 'alice'),
    ...all(Resource.USER, 'User:bob'),
    ...all(Resource.DELEGATION_TOKEN, '@token'),
    on(Resource.DELEGATION_TOKEN, '*', Op.DESCRIBE),
    ...all(Resource.CLUSTER, CLUSTER_NAME),
  ];
}

const errorName = (code: number): string => (code === 0 ? 'NONE' : errorInfo(code).name);

async function answers(port: number, tokenId: string, hmac: Buffer): Promise<Record<string, string>> {
  const create = async (owner: object) => {
    const body = { ...owner, renewers: [], maxLifetimeMs: 1000 };
    return errorName((await as(port, 'bob', CreateDelegationToken, 3, body as never)).errorCode);
  };
  const describe = async (owners: (typeof ALICE)[] | null, version = 3) => {
    const { errorCode, tokens } = await as(port, 'bob', DescribeDelegationToken, version, { owners });
    const isThere = tokens.some((token) => token.tokenId === tokenId);
    return errorCode === 0 ? (isThere ? 'seen' : 'not seen') : errorName(errorCode);
  };
  const renewed = await as(port, 'bob', RenewDelegationToken, 2, { hmac, renewPeriodMs: -1 });
  const expired = await as(port, 'bob', ExpireDelegationToken, 2, { hmac, expiryTimePeriodMs: 100_000 });
  return {
    'create for alice': await create({ ownerPrincipalType: 'User', ownerPrincipalName: 'alice' }),
    'create for himself': await create({ ownerPrincipalType: 'User', ownerPrincipalName: 'bob' }),
    'create for nobody named': await create({ ownerPrincipalType: null, ownerPrincipalName: null }),
    "describe alice's": await describe([ALICE]),
    'describe all': await describe(null),
    'describe all, v1': await describe(null, 1),
    'describe none': await describe([]),
    renew: errorName(renewed.errorCode),
    expire: errorName(expired.errorCode),
  };
}

/** @param pauseMs after each change of permissions: in Kafka it takes a moment to reach the broker */
export async function runTokenSession(port: number, pauseMs = 0): Promise<RecordedTokenAccess[]> {
  const nobody = { ownerPrincipalType: null, ownerPrincipalName: null };
  const token = await as(port, 'alice', CreateDelegationToken, 3, { ...nobody, renewers: [], maxLifetimeMs: -1 });
  await setTimeout(pauseMs);
  const entry = ({ resourceName, patternType, ...rest }: Permission, permissionType: number) => ({
    ...{ ...rest, permissionType, resourcePatternType: patternType, principal: 'User:bob', host: '*' },
    resourceName: resourceName.replace('@token', token.tokenId),
  });
  const anything = { resourceTypeFilter: ANY, resourceNameFilter: null, patternTypeFilter: ANY, operation: ANY };
  const ofAll = { ...anything, principalFilter: null, hostFilter: null, permissionType: ANY };
  const recorded: RecordedTokenAccess[] = [];
  const record = async (granted: string, denied: boolean, creations: ReturnType<typeof entry>[]) => {
    await as(port, 'admin', DeleteAcls, 3, { filters: [ofAll] });
    if (creations.length > 0) await as(port, 'admin', CreateAcls, 3, { creations });
    await setTimeout(pauseMs);
    recorded.push({ granted, denied, answers: await answers(port, token.tokenId, token.hmac) });
  };
  await record('nothing', false, []);
  for (const each of permissions()) await record(describePermission(each), false, [entry(each, ALLOW)]);
  for (const operation of [Op.CREATE_TOKENS, Op.DESCRIBE_TOKENS]) {
    const all = on(Resource.USER, '*', Op.ALL);
    const denied = on(Resource.USER, 'User:alice', operation);
    await record(`all but ${describePermission(denied)}`, true, [entry(all, ALLOW), entry(denied, DENY)]);
  }
  return recorded;
}

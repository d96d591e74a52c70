// Runs the cases against a broker, with the sets of permissions that each says.
import { setTimeout } from 'node:timers/promises';
import { ADMIN_CASES } from './admin-cases.ts';
import { Administrator, SUBJECT } from './administrator.ts';
import { type AuthorizationCase, describePermission, type Permission, trials } from './cases.ts';
import { DATA_CASES } from './data-cases.ts';
import { essence, replaceStrings } from './essence.ts';
import { GROUP_CASES } from './group-cases.ts';
import { ask } from './raw-requests.ts';

export const CASES: readonly AuthorizationCase[] = [...DATA_CASES, ...GROUP_CASES, ...ADMIN_CASES];

/** server.properties of the broker, besides its addresses. */
export const PROPERTIES: ReadonlyMap<string, string> = new Map([
  ['authorizer.class.name', 'org.apache.kafka.metadata.authorizer.StandardAuthorizer'],
  ['allow.everyone.if.no.acl.found', 'true'],
  ['group.initial.rebalance.delay.ms', '0'],
]);

export interface Recorded {
  readonly api: string;
  readonly version: number;
  readonly request: unknown;
  readonly granted: readonly string[];
  readonly response: unknown;
}

/**
 * Who asks in all cases: gives the answer to one under some permissions, without what differs from broker to broker.
 * @param pauseMs after each change of permissions: in Kafka it takes a moment to reach the broker
 */
export async function subjectOf(port: number, pauseMs: number) {
  const administrator = new Administrator(port);
  await administrator.grantItselfEverything();
  await setTimeout(pauseMs);
  const ids = await administrator.setUp();
  const names = new Map([...ids].map(([name, id]) => [id, `@${name}`]));
  return async ({ api, version, body }: AuthorizationCase, granted: readonly Permission[]): Promise<unknown> => {
    await administrator.revoke(SUBJECT);
    if (granted.length > 0) await administrator.grant(SUBJECT, granted);
    await setTimeout(pauseMs);
    const request = replaceStrings(body, (text) =>
      text.startsWith('@') ? (ids.get(text.slice(1)) ?? text) : text,
    ) as object;
    const answer = await ask(port, SUBJECT, api, version, request);
    return JSON.parse(JSON.stringify(essence(replaceStrings(answer, (text) => names.get(text) ?? text))));
  };
}

/** The answers to all cases with all their sets of permissions. */
export async function runAuthorizationSession(port: number, pauseMs = 0): Promise<Recorded[]> {
  const answer = await subjectOf(port, pauseMs);
  const recorded: Recorded[] = [];
  for (const each of CASES)
    for (const granted of trials(each)) {
      const response = await answer(each, granted);
      const { api, version, body: request } = each;
      recorded.push({ api: api.name, version, request, granted: granted.map(describePermission), response });
    }
  return JSON.parse(JSON.stringify(recorded)) as Recorded[];
}

// Who may use which API: each case is a request and the permissions that it needs. They are sent with none of them, with all
// but one, and with all, to ktool's broker and, for the recording, to Apache Kafka's.

import { AclResource, AclOperation as Op, PatternType } from '../../../src/broker/security/acl.ts';
import type { Api, RequestInput } from '../../../src/protocol/schema.ts';

export { Op };

/** A permission on a resource; the cluster by itself. */
export interface Permission {
  readonly operation: number;
  readonly resourceType: number;
  readonly resourceName: string;
  readonly patternType: number;
}

export interface AuthorizationCase {
  readonly api: Api;
  readonly version: number;
  /** `@NAME` stands for the id of a topic. */
  readonly body: object;
  /** Together they are enough. */
  readonly needs: readonly Permission[];
  /** Other sets of permissions that are tried besides. */
  readonly also: readonly (readonly Permission[])[];
}

const on =
  (resourceType: number) =>
  (operation: number, resourceName: string, patternType: number = PatternType.LITERAL) => ({
    operation,
    resourceType,
    resourceName,
    patternType,
  });
export const topic = on(AclResource.TOPIC);
export const group = on(AclResource.GROUP);
export const txn = on(AclResource.TRANSACTIONAL_ID);
export const cluster = (operation: number) => on(AclResource.CLUSTER)(operation, 'kafka-cluster');

export const when = <A extends Api>(
  api: A,
  version: number,
  body: RequestInput<A>,
  needs: readonly Permission[],
  ...also: (readonly Permission[])[]
): AuthorizationCase => ({ api: api as unknown as Api, version, body, needs, also });

/** The sets of permissions that a case is tried with, the smallest first. */
export function trials({ needs, also }: AuthorizationCase): (readonly Permission[])[] {
  const without = needs.length < 2 ? [] : needs.map((missing) => needs.filter((need) => need !== missing));
  return [[], ...without, needs, ...also];
}

export const describePermission = ({ operation, resourceType, resourceName, patternType }: Permission): string => {
  const name = (codes: object, code: number) => Object.entries(codes).find(([, value]) => value === code)?.[0];
  const pattern = patternType === PatternType.PREFIXED ? '*' : '';
  return `${name(Op, operation)} ${name(AclResource, resourceType)} ${resourceName}${pattern}`;
};

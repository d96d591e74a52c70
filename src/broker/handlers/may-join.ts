import { AclOperation, AclResource } from '../security/acl.ts';
import type { RequestContext } from './define.ts';

/** Whether the client may be a member of a group; one that it does not name is its handler's to refuse. */
export function mayJoin(groupId: string | null, { access }: RequestContext): boolean {
  return !access || groupId === null || access.may(AclOperation.READ, AclResource.GROUP, groupId);
}

/** Whether the client may see all topics that it wants to subscribe to. */
export function maySubscribe(topics: readonly string[], { access }: RequestContext): boolean {
  const names = new Set(topics);
  return !access || access.allowed(AclOperation.DESCRIBE, AclResource.TOPIC, names).size === names.size;
}

import type { GroupClient } from '../groups/messages.ts';
import { AclOperation, AclResource } from '../security/acl.ts';
import type { RequestContext } from './define.ts';

/** What an expression matches is not what somebody asked for. */
const QUIETLY = { quietly: true } as const;

/** Who sent a request, as the group coordinator remembers members. */
export function groupClientOf({ clientId, connection, apiVersion, access }: RequestContext): GroupClient {
  const client = { clientId: clientId ?? '', clientHost: connection.clientHost, apiVersion };
  if (!access) return client;
  return {
    ...client,
    visibleTopics: (names) => access.allowed(AclOperation.DESCRIBE, AclResource.TOPIC, names, QUIETLY),
  };
}

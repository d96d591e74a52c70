import type { GroupClient } from '../groups/messages.ts';
import type { RequestContext } from './define.ts';

/** Who sent a request, as the group coordinator remembers members. */
export function groupClientOf({ clientId, connection, apiVersion }: RequestContext): GroupClient {
  return { clientId: clientId ?? '', clientHost: connection.clientHost, apiVersion };
}

// Telling a client with stale metadata where to go instead, without a refresh in between (KIP-951).
import { ErrorCode } from '../../protocol/errors.ts';
import type { RequestContext } from './define.ts';

interface LeaderResult {
  readonly errorCode: number;
  readonly currentLeader?: { readonly leaderId?: number } | undefined;
}

interface NodeEndpoint {
  nodeId: number;
  host: string;
  port: number;
  rack: string | null;
}

/** Addresses of the leaders that these results name; there is but one broker, so one or none. */
export function leaderEndpoints(results: readonly LeaderResult[], context: RequestContext): NodeEndpoint[] {
  const { nodeId, config } = context.services;
  const isNamed = results.some(
    ({ errorCode, currentLeader }) => errorCode !== ErrorCode.NONE && currentLeader?.leaderId === nodeId,
  );
  if (!isNamed) return [];
  const { host, port } = context.services.endpointFor(context.connection);
  return [{ nodeId, host, port, rack: config.rack }];
}

// Telling a client with stale metadata where to go instead, without a refresh in between (KIP-951).
import { ErrorCode } from '../../protocol/errors.ts';
import { type ClusterNode, nodeOf } from '../cluster-nodes.ts';
import type { RequestContext } from './define.ts';

interface LeaderResult {
  readonly errorCode: number;
  readonly currentLeader?: { readonly leaderId?: number } | undefined;
}

/** Addresses of the leaders that these results name. */
export function leaderEndpoints(
  results: readonly LeaderResult[],
  { services, connection }: RequestContext,
): ClusterNode[] {
  const named = results.flatMap(({ errorCode, currentLeader }) =>
    errorCode === ErrorCode.NONE ? [] : (currentLeader?.leaderId ?? []),
  );
  return [...new Set(named)].flatMap((nodeId) => nodeOf(services, nodeId, connection) ?? []);
}

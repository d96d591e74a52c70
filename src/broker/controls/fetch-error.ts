// Fetch with an error: in each partition, as a broker that is not the leader answers; of the whole answer where the error is
// one of fetch sessions. The partitions are those of the session, which goes on as after any other answer.
import { ErrorCode } from '../../protocol/errors.ts';
import type { FetchRequest } from '../../protocol/messages/fetch.ts';
import type { FetchResponseInput } from '../fetch/fetch-partition.ts';
import type { RequestContext } from '../handlers/define.ts';

const OF_SESSIONS: ReadonlySet<number> = new Set([
  ErrorCode.FETCH_SESSION_ID_NOT_FOUND,
  ErrorCode.INVALID_FETCH_SESSION_EPOCH,
  ErrorCode.FETCH_SESSION_TOPIC_ID_ERROR,
]);

export function fetchError(request: FetchRequest, context: RequestContext, errorCode: number): FetchResponseInput {
  const { services, apiVersion } = context;
  const whole = (code: number) => ({ throttleTimeMs: 0, errorCode: code, responses: [] });
  if (OF_SESSIONS.has(errorCode)) return whole(errorCode);
  const opened = services.fetchSessions.open(request, apiVersion, (id) => services.metadata.topicById(id)?.name);
  if (typeof opened === 'number') return whole(opened);
  if (opened.partitions.length === 0) return whole(errorCode);
  return opened.respond(
    opened.partitions.map(({ partition }) => ({
      partitionIndex: partition,
      errorCode,
      highWatermark: -1,
      abortedTransactions: null,
      records: Buffer.alloc(0),
    })),
  );
}

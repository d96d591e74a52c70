// What one fetch request is about, and how its results become the response (org.apache.kafka.server.FetchContext).
import { ErrorCode } from '../../protocol/errors.ts';
import type { FetchPartition, FetchPartitionResult, FetchResponseInput, FetchTopicResult } from './fetch-partition.ts';
import type { FetchSession } from './fetch-session.ts';

export interface FetchContext {
  /** In the order in which they are to be read. */
  readonly partitions: readonly FetchPartition[];
  /** Of the session that goes on, 0 without one. */
  readonly sessionId: number;
  /** @param results one for each of `partitions` */
  respond(results: readonly FetchPartitionResult[]): FetchResponseInput;
}

export function sessionlessContext(partitions: readonly FetchPartition[], usesTopicIds: boolean): FetchContext {
  return { partitions, sessionId: 0, respond: (results) => response(0, group(partitions, results, usesTopicIds)) };
}

/** @param open remembers what was asked and told; returns the session's id or 0 */
export function fullContext(
  partitions: readonly FetchPartition[],
  usesTopicIds: boolean,
  open: (told: readonly FetchPartitionResult[]) => number,
): FetchContext {
  return {
    partitions,
    sessionId: 0,
    respond: (results) => response(open(results), group(partitions, results, usesTopicIds)),
  };
}

/** @param nameOf names partitions whose topic was unknown when they came into the session */
export function incrementalContext(session: FetchSession, nameOf: (id: string) => string | undefined): FetchContext {
  const epoch = session.epoch;
  const { partitions, usesTopicIds } = session;
  if (usesTopicIds) for (const partition of partitions) partition.topic ??= nameOf(partition.topicId);
  return {
    partitions,
    sessionId: session.id,
    respond(results) {
      // Another request of this session came meanwhile, on another connection.
      if (session.epoch !== epoch) {
        const errorCode = ErrorCode.INVALID_FETCH_SESSION_EPOCH;
        return { throttleTimeMs: 0, errorCode, sessionId: session.id, responses: [] };
      }
      const told = partitions.map((partition, i) => session.mustTell(partition, results[i]!));
      const changed = (_: unknown, i: number) => told[i]!;
      return response(session.id, group(partitions.filter(changed), results.filter(changed), usesTopicIds));
    },
  };
}

function response(sessionId: number, responses: FetchTopicResult[]): FetchResponseInput {
  return { throttleTimeMs: 0, errorCode: ErrorCode.NONE, sessionId, responses };
}

/** Neighbours of one topic go under one heading, as Kafka writes them: the order of the partitions stays. */
function group(
  partitions: readonly FetchPartition[],
  results: readonly FetchPartitionResult[],
  usesTopicIds: boolean,
): FetchTopicResult[] {
  const topics: (Omit<FetchTopicResult, 'partitions'> & { partitions: FetchPartitionResult[] })[] = [];
  let current: FetchPartition | undefined;
  partitions.forEach((partition, i) => {
    const { topic, topicId } = partition;
    const isSame = current !== undefined && (usesTopicIds ? current.topicId === topicId : current.topic === topic);
    if (isSame) topics[topics.length - 1]!.partitions.push(results[i]!);
    else topics.push({ topic: topic ?? '', topicId, partitions: [results[i]!] });
    current = partition;
  });
  return topics;
}

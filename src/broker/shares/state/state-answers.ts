// What the requests to the share coordinator have in common: topics by id, an answer for each partition.
import { ErrorCode, KafkaError } from '../../../protocol/errors.ts';

interface StateRequest<P extends { readonly partition: number }> {
  readonly groupId: string;
  readonly topics: readonly { readonly topicId: string; readonly partitions: readonly P[] }[];
}

export interface StateAnswer {
  readonly partition: number;
  readonly errorCode: number;
  readonly errorMessage: string | null;
}

/**
 * An answer for each partition: what `serve` gives, or the error that it throws. A request without a group, without
 * topics or with a topic without partitions gets none at all (ShareCoordinatorService).
 * @param failed what an answer has besides the error
 */
export function stateAnswers<P extends { readonly partition: number }, T extends object>(
  { groupId, topics }: StateRequest<P>,
  failed: T,
  serve: (key: { groupId: string; topicId: string; partition: number }, wanted: P) => T,
): { results: { topicId: string; partitions: (StateAnswer & T)[] }[] } {
  if (groupId === '' || topics.some(({ partitions }) => partitions.length === 0)) return { results: [] };
  return {
    results: topics.map(({ topicId, partitions }) => ({
      topicId,
      partitions: partitions.map((wanted) => {
        const { partition } = wanted;
        try {
          const served = serve({ groupId, topicId, partition }, wanted);
          return { ...served, partition, errorCode: ErrorCode.NONE, errorMessage: null };
        } catch (error) {
          if (!(error instanceof KafkaError)) throw error;
          return { ...failed, partition, errorCode: error.code, errorMessage: error.message };
        }
      }),
    })),
  };
}

import { ErrorCode, KafkaError } from '../../protocol/errors.ts';
import { DeleteRecords } from '../../protocol/messages/delete-records.ts';
import type { Broker } from '../broker-link.ts';
import type { Cluster } from '../cluster.ts';
import { TimeoutError } from '../errors.ts';
import { byTopic, partitionKey } from './by-topic.ts';
import { askLeaders, timedOut } from './leaders.ts';
import { errorField } from './outcomes.ts';
import type { CallOptions, DeletedRecords, RecordsToDelete } from './types.ts';

const LOOK_UP = 'deleteRecords(api=METADATA)';

/** @see Admin.deleteRecords */
export async function deleteRecords(
  cluster: Cluster,
  requests: readonly RecordsToDelete[],
  { timeoutMs = cluster.settings.defaultApiTimeoutMs }: CallOptions = {},
): Promise<DeletedRecords[]> {
  const { clock, settings } = cluster;
  const [deadline, deadlineMs] = [clock.monotonicMs() + timeoutMs, clock.nowMs() + timeoutMs];
  const answers = new Map<RecordsToDelete, DeletedRecords>();
  let open = requests;
  for (let attempt = 1; open.length > 0; attempt++) {
    const leftMs = Math.max(1, deadline - clock.monotonicMs());
    const replies = await askLeaders(cluster, 'deleteRecords', open, sendTo(cluster), failed, leftMs);
    open.forEach((request, i) => {
      const reply = replies[i];
      // Time that ran out within a further attempt ran out for all of them.
      const isLate = attempt > 1 && reply?.error instanceof TimeoutError;
      const answer = isLate ? failed(request, timedOut(LOOK_UP, attempt, deadlineMs, clock.nowMs())) : reply;
      if (answer) answers.set(request, answer);
    });
    open = cluster.failFast ? [] : open.filter((request) => isUnknown(answers.get(request)));
    const pause = cluster.retryBackoffMs(attempt);
    if (clock.monotonicMs() + pause >= deadline) {
      for (const request of open)
        answers.set(request, failed(request, timedOut(LOOK_UP, attempt, deadlineMs, clock.nowMs())));
      break;
    }
    if (open.length > 0) await cluster.sleep(Math.max(pause, settings.retryBackoffMs));
  }
  return requests.flatMap((request) => answers.get(request) ?? []);
}

const sendTo =
  ({ settings }: Cluster) =>
  async (broker: Broker, share: readonly RecordsToDelete[]): Promise<DeletedRecords[]> => {
    const response = await broker.send(DeleteRecords, {
      topics: byTopic(share, ({ partition, beforeOffset }) => ({ partitionIndex: partition, offset: beforeOffset })),
      timeoutMs: settings.requestTimeoutMs,
    });
    const answers = new Map<string, DeletedRecords>();
    for (const { name, partitions } of response.topics) {
      for (const { partitionIndex, lowWatermark, errorCode } of partitions) {
        const answer = { topic: name, partition: partitionIndex, lowWatermark, ...errorField(errorCode) };
        answers.set(partitionKey(name, partitionIndex), answer);
      }
    }
    return share.flatMap(({ topic, partition }) => answers.get(partitionKey(topic, partition)) ?? []);
  };

function failed({ topic, partition }: RecordsToDelete, error: KafkaError): DeletedRecords {
  const answer = { topic, partition, lowWatermark: -1 };
  if (error.code !== ErrorCode.INVALID_TOPIC_EXCEPTION) return { ...answer, error };
  const message = `Failed to fetch metadata for partition ${topic}-${partition} due to invalid topic \`${topic}\``;
  return { ...answer, error: new KafkaError(error.code, message) };
}

/** A partition that may still be made: Kafka's client asks for its leader until time is up. */
const isUnknown = (answer: DeletedRecords | undefined): boolean =>
  answer?.error?.code === ErrorCode.UNKNOWN_TOPIC_OR_PARTITION;

import { ErrorCode, type KafkaError } from '../../protocol/errors.ts';
import { DeleteRecords } from '../../protocol/messages/delete-records.ts';
import type { Broker } from '../broker-link.ts';
import type { Cluster } from '../cluster.ts';
import { errorOf } from '../errors.ts';
import { byTopic, partitionKey } from './by-topic.ts';
import { handlerError } from './handler-log.ts';
import { askLeaders, leftOut } from './leaders.ts';
import type { CallOptions, DeletedRecords, RecordsToDelete } from './types.ts';

/** @see Admin.deleteRecords */
export function deleteRecords(
  cluster: Cluster,
  requests: readonly RecordsToDelete[],
  { timeoutMs }: CallOptions = {},
): Promise<DeletedRecords[]> {
  const handler = { name: 'deleteRecords', api: 'DELETE_RECORDS', send: sendTo(cluster), failed, retried };
  return askLeaders(cluster, requests, handler, timeoutMs);
}

const sendTo =
  (cluster: Cluster) =>
  async (broker: Broker, share: readonly RecordsToDelete[]): Promise<DeletedRecords[]> => {
    const response = await broker.send(DeleteRecords, {
      topics: byTopic(share, ({ partition, beforeOffset }) => ({ partitionIndex: partition, offset: beforeOffset })),
      timeoutMs: cluster.settings.requestTimeoutMs,
    });
    const answers = new Map<string, DeletedRecords>();
    for (const { name, partitions } of response.topics) {
      for (const { partitionIndex, lowWatermark, errorCode } of partitions) {
        const key = partitionKey(name, partitionIndex);
        const error = errorOf(errorCode);
        if (error) logRefusal(cluster, key, error);
        answers.set(key, { topic: name, partition: partitionIndex, lowWatermark, ...(error && { error }) });
      }
    }
    return share.map(
      (item) => answers.get(partitionKey(item.topic, item.partition)) ?? failed(item, leftOut(broker.node.id, item)),
    );
  };

const failed = ({ topic, partition }: RecordsToDelete, error: KafkaError): DeletedRecords => ({
  topic,
  partition,
  lowWatermark: -1,
  error,
});

const retried = ({ error }: DeletedRecords) => (error?.retriable ? error : undefined);

/** DeleteRecordsHandler.handlePartitionError. */
function logRefusal(cluster: Cluster, partition: string, { retriable, code, info }: KafkaError): void {
  if (retriable) return;
  const kind = code === ErrorCode.TOPIC_AUTHORIZATION_FAILED ? 'error' : 'unexpected error';
  const text = `DeleteRecords request for topic partition ${partition} failed due to an ${kind} ${info.name}`;
  handlerError(cluster, 'DeleteRecordsHandler', text);
}

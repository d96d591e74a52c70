import { InternalTopic } from '../metadata/internal-topics.ts';
import type { StateTopicParts } from '../topics/state-topic.ts';
import { watchLeadership } from '../topics/watch-leadership.ts';
import { type Leaders, writeMarkerAtLeader } from './markers.ts';
import type { ProducerIds } from './producer-ids.ts';
import { TransactionCoordinator } from './transaction-coordinator.ts';
import { TransactionTopic } from './transaction-topic.ts';

interface Parts extends StateTopicParts {
  readonly peers: StateTopicParts['peers'] & Leaders['peers'];
  readonly producerIds: ProducerIds;
}

/**
 * The coordinator of the transactions that this broker's `__transaction_state` tells of; those that were decided when the
 * broker stopped are complete when this resolves.
 * @throws RecordError, LogError if the topic cannot be read
 */
export async function openTransactionCoordinator(parts: Parts): Promise<TransactionCoordinator> {
  const { clock, logger, metadata, producerIds, config } = parts;
  const transactions = new TransactionCoordinator({
    clock,
    logger,
    get config() {
      return config();
    },
    get transactionVersion() {
      return metadata.features.get('transaction.version') ?? 0;
    },
    transactions: new Map(),
    store: new TransactionTopic(parts),
    newProducerId: () => producerIds.next(),
    writeMarker: (partition, marker) => writeMarkerAtLeader(parts, partition, marker),
  });
  await transactions.load();
  watchLeadership(metadata, InternalTopic.TRANSACTION_STATE, parts.nodeId, {
    gained: (partition) => void transactions.partitionGained(partition),
    lost: (partition) => transactions.partitionLost(partition),
  });
  metadata.onChange((change) => {
    if (change.kind === 'topic-deleted' && change.topic.name === InternalTopic.TRANSACTION_STATE) {
      transactions.storeDeleted();
    }
  });
  return transactions;
}

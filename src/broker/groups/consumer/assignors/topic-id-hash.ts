import { uuidToBytes } from '../../../../util/uuid.ts';

/** org.apache.kafka.common.Uuid.hashCode: Kafka's assignors take topics in the order of their hash tables. */
export function topicIdHash(topicId: string): number {
  const bytes = uuidToBytes(topicId);
  return bytes.readInt32BE(0) ^ bytes.readInt32BE(4) ^ bytes.readInt32BE(8) ^ bytes.readInt32BE(12);
}

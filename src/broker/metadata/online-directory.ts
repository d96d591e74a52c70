// Replicas in log directories that have failed (KIP-858; org.apache.kafka.common.DirectoryId.isOnline).
import { ZERO_UUID } from '../../util/uuid.ts';
import type { BrokerImage, PartitionImage } from './image.ts';

/** DirectoryId.MIGRATING: from before directories were noted. */
const MIGRATING_UUID = 'AAAAAAAAAAAAAAAAAAAAAg';

/** Whether the log directory of a replica is one that its broker still has; so it is taken for as long as nothing is known. */
export function isInOnlineDirectory(
  { replicas, directories }: PartitionImage,
  { id, directoryIds }: BrokerImage,
): boolean {
  const directory = directories?.[replicas.indexOf(id)];
  if (directory === undefined || directory === ZERO_UUID || directory === MIGRATING_UUID) return true;
  return directoryIds.length === 0 || directoryIds.includes(directory);
}

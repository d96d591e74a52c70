import { visibleEnd } from '../../fetch/fetch-purgatory.ts';
import type { ConnectionInfo } from '../../network/connection-info.ts';
import type { Services } from '../../services.ts';
import type { SharePartition } from '../partition/share-partition.ts';

/** What a read found, and did not suffice. */
export interface Seen {
  readonly fetchOffset: number;
  readonly visibleEnd: number;
}

export interface ShareWait {
  /** Of the partitions that were read; others were busy or full. */
  readonly seen: ReadonlyMap<SharePartition, Seen>;
  readonly readCommitted: boolean;
  readonly leftMs: number;
  /** Gives up when the connection ends. */
  readonly connection: ConnectionInfo;
}

/** Waits until there is more to read, something is released, or time is up. */
export function waitForShare(
  services: Services,
  partitions: readonly SharePartition[],
  { seen, readCommitted, leftMs, connection }: ShareWait,
): Promise<'ready' | 'cancelled'> {
  return new Promise((resolve) => {
    const stops: (() => void)[] = [];
    let isOver = false;
    const finish = (outcome: 'ready' | 'cancelled') => {
      if (isOver) return;
      isOver = true;
      for (const stop of stops) stop();
      resolve(outcome);
    };
    const timer = services.clock.setTimer(leftMs, () => finish('ready'));
    stops.push(() => timer.cancel());
    for (const partition of partitions) {
      const known = seen.get(partition);
      const log = services.logs.get(topicOf(services, partition), partition.key.partition);
      const check = () => {
        const isNew = known === undefined || partition.nextFetchOffset !== known.fetchOffset;
        const isMore = log !== undefined && known !== undefined && visibleEnd(log, readCommitted) > known.visibleEnd;
        const isOffline = log?.failure !== undefined;
        if (partition.isFenced || isOffline || (partition.canAcquire && (isNew || isMore))) finish('ready');
      };
      stops.push(partition.onChange(check));
      if (log) stops.push(log.onChange(check));
      // Something may have come while others were read.
      check();
    }
    if (!isOver) stops.push(connection.onClose(() => finish('cancelled')));
    else for (const stop of stops) stop();
  });
}

function topicOf({ metadata }: Services, { key }: SharePartition): string {
  return metadata.topicById(key.topicId)?.name ?? '';
}

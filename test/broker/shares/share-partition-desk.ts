// A share partition without a broker around it: a log of batches, a clock that stands still, and what was kept.

import type { AcknowledgeType } from '../../../src/broker/shares/partition/acknowledge.ts';
import type { AcquiredRecords } from '../../../src/broker/shares/partition/acquire.ts';
import type { ReadBatch } from '../../../src/broker/shares/partition/read-batches.ts';
import { SharePartition } from '../../../src/broker/shares/partition/share-partition.ts';
import { combineBatches } from '../../../src/broker/shares/state/combine-batches.ts';
import type { ShareStateChange, StateBatch } from '../../../src/broker/shares/state/share-state.ts';
import { ErrorCode, KafkaError } from '../../../src/protocol/errors.ts';
import { ManualClock } from '../../../src/util/clock.ts';

export const LOCK_MS = 30_000;

const LETTERS = new Map([
  [0, 'a'],
  [1, 'q'],
  [2, 'k'],
  [4, 'x'],
]);
const TYPES = { gap: 0, accept: 1, release: 2, reject: 3, renew: 4 } as const satisfies Record<
  string,
  (typeof AcknowledgeType)[keyof typeof AcknowledgeType]
>;
export type Type = keyof typeof TYPES;

interface AcquireOptions {
  memberId?: string;
  maxRecords?: number;
  batchSize?: number;
  isRecordLimit?: boolean;
  aborted?: { producerId: number; firstOffset: number }[];
}

export class Desk {
  readonly clock = new ManualClock();
  readonly settings = {
    deliveryCountLimit: 5,
    recordLockDurationMs: LOCK_MS,
    maxRecordLocks: 2000,
    renewEnabled: true,
  };
  readonly log: ReadBatch[];
  partition: SharePartition;
  kept: { startOffset: number; stateBatches: readonly StateBatch[] };
  deliveryCompleteCount = 0;
  /** What the coordinator answers to the next write. */
  refusal: number | undefined;

  /** @param log ends of batches, as `0-4 5-9` */
  constructor(log: string, startOffset = 0, stateBatches: readonly StateBatch[] = []) {
    this.log = log.split(' ').map(parseBatch);
    this.kept = { startOffset, stateBatches };
    this.partition = this.#open();
  }

  /** As after a restart of the broker. */
  reopen(): void {
    this.partition.fence();
    this.partition = this.#open();
  }

  acquire(options: AcquireOptions = {}): string {
    const { memberId = 'm', maxRecords = 500, batchSize = 500, isRecordLimit = false, aborted = [] } = options;
    const fetchOffset = this.partition.nextFetchOffset;
    const batches = this.log.filter(({ lastOffset }) => lastOffset >= fetchOffset);
    if (batches.length === 0 || !this.partition.canAcquire) return '';
    const request = { memberId, maxRecords, batchSize, isRecordLimit, fetchOffset, batches, aborted };
    return format(this.partition.acquire(request));
  }

  /** @param types one for all or one for each */
  acknowledge(range: string, types: Type | readonly Type[], memberId = 'm'): string {
    const [first, last = first] = range.split('-').map(Number) as [number, number?];
    const acknowledgeTypes = (typeof types === 'string' ? [types] : types).map((type) => TYPES[type]);
    try {
      this.partition.acknowledge(memberId, [{ firstOffset: first, lastOffset: last, acknowledgeTypes }]);
      return 'ok';
    } catch (error) {
      if (error instanceof KafkaError) return error.message;
      throw error;
    }
  }

  /** Runs as `0-4 q1@m`: offsets, state (available, acquired, acknowledged, archived), deliveries, holder. */
  get state(): string {
    return this.partition.runs
      .map(({ first, last, state, deliveryCount, memberId }) => {
        const holder = memberId === '' ? '' : `@${memberId}`;
        return `${first}-${last} ${LETTERS.get(state)}${deliveryCount}${holder}`;
      })
      .join(', ');
  }

  get window(): string {
    return `${this.partition.startOffset}..${this.partition.endOffset}`;
  }

  #open(): SharePartition {
    return new SharePartition({
      key: { groupId: 'g', topicId: 't', partition: 0 },
      leaderEpoch: 0,
      settings: this.settings,
      clock: this.clock,
      state: { stateEpoch: 1, ...this.kept },
      write: (change) => this.#write(change),
    });
  }

  #write({ startOffset, stateBatches, deliveryCompleteCount }: ShareStateChange): void {
    if (this.refusal !== undefined) throw new KafkaError(this.refusal);
    this.deliveryCompleteCount = deliveryCompleteCount;
    this.kept = {
      startOffset,
      stateBatches: combineBatches([...this.kept.stateBatches, ...stateBatches], startOffset),
    };
  }
}

/** `5-9`, or `5-9/7` for a transaction of producer 7, `10-10/7!` for its abort marker. */
function parseBatch(text: string): ReadBatch {
  const [, first, last, producer, marker] = /^(\d+)-(\d+)(?:\/(\d+)(!)?)?$/.exec(text)!;
  return {
    baseOffset: Number(first),
    lastOffset: Number(last),
    producerId: producer === undefined ? -1 : Number(producer),
    isTransactional: producer !== undefined,
    isAbortMarker: marker !== undefined,
    bytes: Buffer.alloc(0),
  };
}

function format(acquired: readonly AcquiredRecords[]): string {
  return acquired
    .map(({ firstOffset, lastOffset, deliveryCount }) => `${firstOffset}-${lastOffset}:${deliveryCount}`)
    .join(' ');
}

export const REFUSALS = {
  fenced: ErrorCode.FENCED_STATE_EPOCH,
  unavailable: ErrorCode.COORDINATOR_NOT_AVAILABLE,
} as const;

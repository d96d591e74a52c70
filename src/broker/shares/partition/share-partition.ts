// A partition as a share group reads it (kafka.server.share.SharePartition): records are acquired by members, who
// acknowledge them; what nobody acknowledges in time comes back. What changes is written to the share coordinator first.
import { ErrorCode, KafkaError } from '../../../protocol/errors.ts';
import type { Clock } from '../../../util/clock.ts';
import type { SharePartitionKey, ShareState, ShareStateChange } from '../state/share-state.ts';
import { type AcknowledgementBatch, acknowledge } from './acknowledge.ts';
import { type AcquiredRecords, type AcquireRequest, acquire } from './acquire.ts';
import { type DeliverySettings, InFlight } from './in-flight.ts';
import {
  type AcquisitionLock,
  type Change,
  InFlightBatch,
  NO_MEMBER,
  RecordState,
  type Run,
} from './in-flight-batch.ts';

export interface SharePartitionParts {
  readonly key: SharePartitionKey;
  readonly leaderEpoch: number;
  /** In force now; read anew each time. */
  readonly settings: DeliverySettings;
  readonly clock: Clock;
  /** As the coordinator keeps it, with a start offset that is known. */
  readonly state: Pick<ShareState, 'stateEpoch' | 'startOffset' | 'stateBatches'>;
  /** Keeps a change. @throws KafkaError if it is not kept */
  write(change: ShareStateChange): void;
}

export class SharePartition {
  readonly key: SharePartitionKey;
  readonly leaderEpoch: number;
  readonly #parts: SharePartitionParts;
  readonly #inFlight: InFlight;
  readonly #listeners = new Set<() => void>();
  #isFenced = false;
  #isLocked = false;
  /** Somebody came while it was locked. */
  #wasWanted = false;

  constructor(parts: SharePartitionParts) {
    this.key = parts.key;
    this.leaderEpoch = parts.leaderEpoch;
    this.#parts = parts;
    const { settings } = parts;
    this.#inFlight = new InFlight({ settings, newLock: () => this.#newLock() }, parts.state.startOffset);
    this.#restore(parts.state);
  }

  /** First record that the group has not done with. */
  get startOffset(): number {
    return this.#inFlight.startOffset;
  }

  get endOffset(): number {
    return this.#inFlight.endOffset;
  }

  get nextFetchOffset(): number {
    return this.#inFlight.nextFetchOffset;
  }

  /** Whether a member may get something, now that nobody else is reading. */
  get canAcquire(): boolean {
    return !this.#isFenced && !this.#isLocked && this.#inFlight.canAcquire;
  }

  /** What is in flight, for tests and for who wants to look. */
  get runs(): readonly Run[] {
    return this.#inFlight.batches.flatMap(({ runs }) => runs);
  }

  get isFenced(): boolean {
    return this.#isFenced;
  }

  /** Takes it for a member whose records are about to be read, so that two do not read the same ones. */
  tryLock(): boolean {
    if (this.#isLocked) this.#wasWanted = true;
    if (!this.canAcquire) return false;
    this.#isLocked = true;
    return true;
  }

  unlock(): void {
    this.#isLocked = false;
    if (!this.#wasWanted) return;
    this.#wasWanted = false;
    this.notify();
  }

  /** Calls `listener` when there may be something to acquire, or no more ever; returns a function that ends it. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  notify(): void {
    for (const listener of [...this.#listeners]) listener();
  }

  acquire(request: AcquireRequest): AcquiredRecords[] {
    return this.#isFenced ? [] : acquire(this.#inFlight, request);
  }

  /** @throws KafkaError see acknowledge.ts; what the coordinator's refusal means to a client. Nothing has changed then */
  acknowledge(memberId: string, acknowledgements: readonly AcknowledgementBatch[]): void {
    const { changes, undo } = acknowledge(this.#inFlight, memberId, acknowledgements);
    try {
      this.#keep(changes.filter(({ before, after }) => before.state !== after.state));
    } catch (error) {
      undo();
      for (const { after } of changes) after.lock?.timer.cancel();
      throw error;
    }
    this.#inFlight.settle(changes);
    this.#inFlight.moveStart();
    this.notify();
  }

  /** Gives back what a member holds; it has been delivered once more. @throws KafkaError as {@link acknowledge} */
  release(memberId: string): void {
    const inFlight = this.#inFlight;
    const earlier = inFlight.batches.map((batch) => [batch, batch.runs] as const);
    const changes = this.#releaseWhere((run) => run.memberId === memberId);
    try {
      this.#keep(changes);
    } catch (error) {
      for (const [batch, runs] of earlier) batch.runs = runs;
      throw error;
    }
    inFlight.settle(changes);
    inFlight.moveStart();
    this.notify();
  }

  /** The log begins later than the group does: it goes on there. */
  moveLogStart(offset: number): void {
    this.#inFlight.moveLogStart(offset);
    this.#inFlight.moveStart();
  }

  /** Ends it: the topic is gone, the group is, or its state has begun anew. */
  fence(): void {
    this.#isFenced = true;
    for (const { lock } of this.runs) lock?.timer.cancel();
    this.notify();
  }

  #restore({ startOffset, stateBatches }: SharePartitionParts['state']): void {
    let next = startOffset;
    const add = (first: number, last: number, state: RecordState, deliveryCount: number) =>
      this.#inFlight.add(
        new InFlightBatch({ first, last, state, deliveryCount, memberId: NO_MEMBER, lock: undefined }),
      );
    for (const { firstOffset, lastOffset, deliveryState, deliveryCount } of stateBatches) {
      // Delivered once at most, and never acknowledged: nothing is kept of it.
      if (firstOffset > next) add(next, firstOffset - 1, RecordState.AVAILABLE, 0);
      add(firstOffset, lastOffset, deliveryState as RecordState, deliveryCount);
      next = lastOffset + 1;
    }
    if (next === startOffset) return;
    this.#inFlight.endOffset = next - 1;
    this.#inFlight.moveStart();
  }

  #newLock(): AcquisitionLock {
    const { clock, settings } = this.#parts;
    const lock: AcquisitionLock = {
      held: 0,
      timer: clock.setTimer(settings.recordLockDurationMs, () => this.#expired(lock)),
    };
    return lock;
  }

  /** Time is up: the records come back, whether that can be written or not (releaseAcquisitionLockOnTimeout). */
  #expired(lock: AcquisitionLock): void {
    const changes = this.#releaseWhere((run) => run.lock === lock);
    if (changes.length === 0) return;
    this.#inFlight.settle(changes);
    try {
      this.#keep(changes);
    } catch (error) {
      if (!(error instanceof KafkaError)) throw error;
    }
    this.#inFlight.moveStart();
    this.notify();
  }

  #releaseWhere(matches: (run: Run) => boolean): Change[] {
    const inFlight = this.#inFlight;
    const { startOffset } = inFlight;
    const release = (run: Run) =>
      run.state === RecordState.ACQUIRED && matches(run) ? inFlight.released(run, run.last < startOffset) : undefined;
    return inFlight.batches.flatMap((batch) => [
      ...batch.change(batch.first, Math.min(batch.last, startOffset - 1), release),
      ...batch.change(Math.max(batch.first, startOffset), batch.last, release),
    ]);
  }

  #keep(changes: readonly Change[]): void {
    if (changes.length === 0) return;
    const { leaderEpoch, state } = this.#parts;
    const { startOffset, deliveryCompleteCount } = this.#inFlight;
    const stateBatches = changes.map(({ after }) => ({
      firstOffset: after.first,
      lastOffset: after.last,
      deliveryState: after.state,
      deliveryCount: after.deliveryCount,
    }));
    try {
      this.#parts.write({
        stateEpoch: state.stateEpoch,
        leaderEpoch,
        startOffset,
        deliveryCompleteCount,
        stateBatches,
      });
    } catch (error) {
      throw coordinatorRefused(error);
    }
  }
}

// SharePartition.fetchPersisterError.
const MEANINGS: ReadonlyMap<number, number> = new Map([
  [ErrorCode.NOT_COORDINATOR, ErrorCode.COORDINATOR_NOT_AVAILABLE],
  [ErrorCode.COORDINATOR_NOT_AVAILABLE, ErrorCode.COORDINATOR_NOT_AVAILABLE],
  [ErrorCode.COORDINATOR_LOAD_IN_PROGRESS, ErrorCode.COORDINATOR_NOT_AVAILABLE],
  [ErrorCode.GROUP_ID_NOT_FOUND, ErrorCode.GROUP_ID_NOT_FOUND],
  [ErrorCode.UNKNOWN_TOPIC_OR_PARTITION, ErrorCode.UNKNOWN_TOPIC_OR_PARTITION],
  [ErrorCode.FENCED_LEADER_EPOCH, ErrorCode.NOT_LEADER_OR_FOLLOWER],
  [ErrorCode.FENCED_STATE_EPOCH, ErrorCode.NOT_LEADER_OR_FOLLOWER],
]);

/** What the coordinator's refusal means to a consumer; anything that is no refusal stays what it is. */
export function coordinatorRefused(error: unknown): unknown {
  if (!(error instanceof KafkaError)) return error;
  return new KafkaError(MEANINGS.get(error.code) ?? ErrorCode.UNKNOWN_SERVER_ERROR, error.message);
}

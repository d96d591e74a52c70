// When a log goes to disk: `flush.messages`, `flush.ms`, after a roll, and at a clean stop. What is on disk for certain is
// below the recovery point. The active segment's indexes are not flushed, as recovery makes them anew.
import type { Timer } from '../util/clock.ts';
import { assertOnline, type LogState, takeOffline } from './log-state.ts';

export class Flusher {
  readonly #state: LogState;
  #timer: Timer | undefined;
  #running: Promise<void> = Promise.resolve();

  constructor(state: LogState) {
    this.#state = state;
  }

  /** Applies `flush.messages` and `flush.ms` to what was just appended. */
  appended(): void {
    const { config, logEndOffset, recoveryPoint } = this.#state;
    if (logEndOffset - recoveryPoint >= config.flushMessages) {
      this.flush();
      return;
    }
    if (config.flushMs !== Number.POSITIVE_INFINITY && this.#timer === undefined) {
      this.#timer = this.#state.context.clock.setTimer(config.flushMs, () => {
        this.#timer = undefined;
        void this.flushUpTo(this.#state.logEndOffset);
      });
    }
  }

  /**
   * Flushes everything before it returns.
   * @throws LogError KAFKA_STORAGE_ERROR. After a failed fsync nobody knows what is on disk, so the log is offline then.
   */
  flush(): void {
    const state = this.#state;
    try {
      for (const segment of state.segments.from(state.recoveryPoint)) {
        segment.file.get().sync();
        if (segment !== state.segments.active) segment.persistIndexes({ sync: true });
      }
      state.epochs.flush();
      state.recoveryPoint = state.logEndOffset;
    } catch (cause) {
      throw takeOffline(state, 'it could not be flushed', cause);
    }
  }

  /** Flushes all records below `offset` without blocking; flushes of one log follow one another. Never rejects. */
  flushUpTo(offset: number): Promise<void> {
    this.#running = this.#running.then(() => this.#flushUpTo(offset));
    return this.#running;
  }

  async #flushUpTo(offset: number): Promise<void> {
    const state = this.#state;
    if (state.failure !== undefined || offset <= state.recoveryPoint) return;
    try {
      for (const segment of state.segments.from(state.recoveryPoint)) {
        if (segment.baseOffset >= offset) break;
        await segment.file.pinned((file) => file.syncAsync());
        if (segment !== state.segments.active) segment.persistIndexes({ sync: true });
      }
      state.epochs.flush();
      state.recoveryPoint = Math.max(state.recoveryPoint, Math.min(offset, state.logEndOffset));
    } catch (cause) {
      takeOffline(state, 'it could not be flushed', cause);
    }
  }

  /**
   * What {@link complete} does, without blocking: a clean stop syncs five files and a directory of every partition that was
   * written, and those of many partitions go to disk together. Nothing may be appended meanwhile.
   * @throws LogError KAFKA_STORAGE_ERROR
   */
  async completeAsync(): Promise<void> {
    const state = this.#state;
    try {
      const { segments, snapshots, producers, epochs, logEndOffset } = state;
      await Promise.all([
        epochs.flushAsync().then(() => this.flushUpTo(logEndOffset)),
        segments.active.completeIndexesAsync(),
        logEndOffset > state.logStartOffset && snapshots.takeAsync(logEndOffset, producers.entries.values()),
      ]);
    } catch (cause) {
      throw takeOffline(state, 'it could not be closed', cause);
    }
    assertOnline(state);
    this.complete();
  }

  /**
   * For a clean stop or a move: everything goes to disk, so that the next start need not scan.
   * @throws LogError KAFKA_STORAGE_ERROR
   */
  complete(): void {
    const state = this.#state;
    if (state.recoveryPoint < state.logEndOffset) this.flush();
    try {
      state.segments.active.completeIndexes();
      state.segments.active.persistIndexes({ sync: true });
      if (state.logEndOffset > state.logStartOffset) {
        state.snapshots.take(state.logEndOffset, state.producers.entries.values(), { sync: true });
      }
      state.epochs.flush();
    } catch (cause) {
      throw takeOffline(state, 'it could not be closed', cause);
    }
  }

  /** No more timers; resolves when nothing is being flushed any more. */
  async stop(): Promise<void> {
    this.#timer?.cancel();
    this.#timer = undefined;
    await this.#running;
  }
}

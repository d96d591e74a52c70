// What is done with all logs from time to time: retention, checkpoints, forgetting producers (LogManager.startup).
import type { Clock } from '../util/clock.ts';
import type { CheckpointWriter } from './checkpoint-writer.ts';
import type { LogManagerSettings } from './log-manager-settings.ts';
import type { LogTable } from './log-table.ts';
import type { Schedule } from './schedule.ts';

interface Parts {
  readonly table: LogTable;
  readonly checkpoints: CheckpointWriter;
  readonly schedule: Schedule;
  readonly clock: Clock;
  readonly settings: LogManagerSettings;
}

export class LogUpkeep {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Does everything as often as the settings say, until the schedule stops. */
  start(): void {
    const { table, checkpoints, schedule, clock, settings } = this.#parts;
    schedule.every(settings.retentionCheckIntervalMs, () => void this.deleteOldSegments());
    schedule.every(settings.recoveryPointCheckpointIntervalMs, () => {
      checkpoints.writeRecoveryPoints();
      checkpoints.writeLogStarts();
    });
    schedule.every(settings.highWatermarkCheckpointIntervalMs, () => checkpoints.writeHighWatermarks());
    schedule.every(settings.producerIdExpirationCheckIntervalMs, () => {
      for (const { log } of table.all()) log.removeExpiredProducers(clock.nowMs(), settings.producerIdExpirationMs);
    });
  }

  /** Applies retention to all logs now. Returns how many segments went. */
  deleteOldSegments(): number {
    const { table, schedule, clock } = this.#parts;
    const nowMs = clock.nowMs();
    let count = 0;
    for (const { log } of table.all()) {
      schedule.attempt('apply retention', () => {
        count += log.deleteOldSegments(nowMs);
      });
    }
    return count;
  }
}

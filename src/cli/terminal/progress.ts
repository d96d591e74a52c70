import { type Clock, systemClock } from '../../util/clock.ts';
import type { Output } from '../output.ts';
import { countText, durationText } from './units.ts';

const EVERY_MS = 200;

/** How far long work is, on standard error of a terminal; nothing of it stays behind. */
export interface Progress {
  add(records: number): void;
  end(): void;
}

export interface ProgressSettings {
  readonly clock?: Clock;
  /** How many there will be, for the share that is done and the time that is left. */
  readonly total?: number;
  /** What is counted. */
  readonly things?: string;
}

/** `wanted` is false where the records themselves are on the terminal, or everything is to be Kafka's. */
export function progress(output: Output, wanted: boolean, settings: ProgressSettings = {}): Progress | undefined {
  if (!wanted || output.stderr.isTTY !== true) return undefined;
  const { clock = systemClock, total, things = 'records' } = settings;
  const start = clock.nowMs();
  let done = 0;
  let shownMs = start;
  return {
    add(more) {
      done += more;
      const nowMs = clock.nowMs();
      if (nowMs - shownMs < EVERY_MS) return;
      shownMs = nowMs;
      output.status(
        total === undefined ? soFar(done, nowMs - start, things) : ofTotal(done, total, nowMs - start, things),
      );
    },
    end: () => output.status(undefined),
  };
}

const rate = (done: number, ms: number): string => `${countText(Math.round((done * 1000) / ms))} a second`;

const soFar = (done: number, ms: number, things: string): string =>
  `${countText(done)} ${things} in ${durationText(ms)}, ${rate(done, ms)}`;

function ofTotal(done: number, total: number, ms: number, things: string): string {
  const share = total === 0 ? 1 : Math.min(1, done / total);
  const left =
    done === 0 ? '' : `, ${durationText(Math.max(0, Math.round((ms * (total - done)) / done / 1000) * 1000))} left`;
  return `${countText(done)} of ${countText(total)} ${things} (${Math.floor(share * 100)} %), ${rate(done, ms)}${left}`;
}

import { type Clock, systemClock } from '../../util/clock.ts';
import type { Output } from '../output.ts';
import { countText, durationText } from './units.ts';

const EVERY_MS = 200;

/** How many records long work has done, on standard error of a terminal; nothing of it stays behind. */
export interface Progress {
  add(records: number): void;
  end(): void;
}

/** `wanted` is false where the records themselves are on the terminal, or everything is to be Kafka's. */
export function progress(output: Output, wanted: boolean, clock: Clock = systemClock): Progress | undefined {
  if (!wanted || output.stderr.isTTY !== true) return undefined;
  const start = clock.nowMs();
  let records = 0;
  let shownMs = start;
  return {
    add(more) {
      records += more;
      const nowMs = clock.nowMs();
      if (nowMs - shownMs < EVERY_MS) return;
      shownMs = nowMs;
      const perSecond = Math.round((records * 1000) / (nowMs - start));
      output.status(
        `${countText(records)} records in ${durationText(nowMs - start)}, ${countText(perSecond)} a second`,
      );
    },
    end: () => output.status(undefined),
  };
}

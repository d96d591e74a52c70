import { setTimeout as sleep } from 'node:timers/promises';
import type { Report } from '../../tools/report.ts';
import { csvText } from '../csv.ts';
import { listenForInterrupt, type SignalSource } from '../interrupt.ts';
import type { Output } from '../output.ts';
import { type Format, isForPrograms, reportText } from '../print.ts';
import { Screen } from './screen.ts';
import { visible, visibleLine } from './visible.ts';

export interface WatchSettings {
  readonly everyMs: number;
  readonly format: Format;
  readonly output: Output;
  /** As of Printing. */
  readonly asked: readonly string[];
  /** What is typed, for the head of the screen. */
  readonly title: string;
  /** What a failed look is told with. */
  words(error: Error): string;
  readonly signals?: SignalSource | undefined;
}

/** What came of one look: a report, or why there is none. */
type Look = { readonly report: Report } | { readonly error: Error };

/**
 * Looks again and again until a signal comes, and answers its exit status (130 for Ctrl-C). The first look that fails ends
 * it; a later one, of a broker that is away for a while, is told and tried again. What has come to its end is not looked at again.
 */
export async function watch(look: () => Promise<Report>, settings: WatchSettings): Promise<number> {
  const interrupt = listenForInterrupt(settings.signals);
  const { signal } = interrupt;
  const show =
    settings.output.isTerminal && !isForPrograms(settings.format) ? screenShow(settings, signal) : pipeShow(settings);
  try {
    for (let first = true; !signal.aborted; first = false) {
      const seen = await Promise.race([attempt(look), stopped(signal)]);
      if (seen === undefined) break;
      if (first && 'error' in seen) throw seen.error;
      await show.next(seen);
      if ('report' in seen && seen.report.finished) return 0;
      await sleep(settings.everyMs, undefined, { signal }).catch(() => {});
    }
  } finally {
    show.end();
    interrupt.dispose();
  }
  return interrupt.status ?? 0;
}

const attempt = (look: () => Promise<Report>): Promise<Look> =>
  look().then(
    (report) => ({ report }),
    (error) => ({ error: error as Error }),
  );

const stopped = (signal: AbortSignal): Promise<undefined> =>
  new Promise((done) => {
    if (signal.aborted) done(undefined);
    else signal.addEventListener('abort', () => done(undefined), { once: true });
  });

interface Show {
  next(look: Look): Promise<void>;
  end(): void;
}

/** In place, the whole screen. */
function screenShow({ everyMs, format, output, asked, title, words }: WatchSettings, signal: AbortSignal): Show {
  const screen = new Screen(output, signal);
  let said: string[] = [];
  output.divertWarnings((line) => said.push(line));
  return {
    async next(look) {
      const time = new Date().toLocaleTimeString('en-GB');
      const head = `${visibleLine(title)}  every ${everyMs / 1000} s  ${time}`;
      const failed = 'error' in look;
      const lines = failed ? [`${time}  ${words(look.error)}`, ''] : [...said, ...(look.report.warnings ?? [])];
      said = [];
      const above = lines.map((line) => `${visible(line)}\n`).join('');
      screen.draw(head, above, failed ? undefined : await reportText(look.report, { format, output, words: asked }));
    },
    end() {
      output.divertWarnings(undefined);
      screen.close();
    },
  };
}

/** One after the other: a line with the time before each text, a line of JSON each, CSV with a column for the time. */
function pipeShow({ format, output, asked, words }: WatchSettings): Show {
  let names: string | undefined;
  return {
    async next(look) {
      const time = new Date().toISOString();
      if ('error' in look) {
        output.warn(`${time} ${words(look.error)}`);
        return;
      }
      const { report } = look;
      for (const warning of report.warnings ?? []) output.warn(warning);
      if (format === 'json') output.print(JSON.stringify({ time, data: report.data }));
      else if (format === 'csv') {
        const [head = '', ...lines] = csvText(report, asked, { time }).split(/^/m);
        output.write(`${head === names ? '' : head}${lines.join('')}`);
        names = head;
      } else output.write(`${time}\n${await reportText(report, { format, output, words: asked })}`);
    },
    end() {},
  };
}

// Which old segments may go (UnifiedLog.deleteOldSegments).
import type { LogConfig } from './log-config.ts';
import type { Segment } from './segment.ts';

/**
 * How many of the oldest segments can be deleted, and why the last of them. The active segment counts like any other,
 * unless it is empty: the log rolls before it deletes it.
 */
export function deletableSegments(
  segments: readonly Segment[],
  logStartOffset: number,
  config: LogConfig,
  nowMs: number,
): { count: number; reason: string } {
  const rules: [count: (rest: readonly Segment[]) => number, reason: string][] = [
    [(rest) => beforeStart(rest, logStartOffset), `log start offset ${logStartOffset} breach`],
  ];
  if (config.delete) {
    rules.push([(rest) => bySize(rest, config), `log retention size ${config.retentionBytes} breach`]);
    rules.push([(rest) => byTime(rest, config, nowMs), `log retention time ${config.retentionMs}ms breach`]);
  }
  const total = { count: 0, reason: '' };
  for (const [countIn, reason] of rules) {
    const count = countIn(segments.slice(total.count));
    total.count += count;
    if (count > 0) total.reason = reason;
  }
  return total;
}

function beforeStart(segments: readonly Segment[], logStartOffset: number): number {
  return countWhile(segments, (_, next) => next !== undefined && next.baseOffset <= logStartOffset);
}

function bySize(segments: readonly Segment[], config: LogConfig): number {
  if (config.retentionBytes < 0) return 0;
  let excess = segments.reduce((sum, segment) => sum + segment.size, 0) - config.retentionBytes;
  return countWhile(segments, (segment) => {
    excess -= segment.size;
    return excess >= 0;
  });
}

function byTime(segments: readonly Segment[], config: LogConfig, nowMs: number): number {
  if (config.retentionMs < 0) return 0;
  return countWhile(segments, (segment) => nowMs - segment.largestTimestamp > config.retentionMs);
}

function countWhile(
  segments: readonly Segment[],
  isDeletable: (segment: Segment, next: Segment | undefined) => boolean,
): number {
  let count = 0;
  for (const [i, segment] of segments.entries()) {
    const isEmptyActive = i === segments.length - 1 && segment.size === 0;
    if (isEmptyActive || !isDeletable(segment, segments[i + 1])) break;
    count++;
  }
  return count;
}

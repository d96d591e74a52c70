// Segments that become one (Cleaner.groupSegmentsBySize), so that a log does not end up as many tiny files.
import type { LogConfig } from '../log-config.ts';
import type { Segment } from '../segment.ts';

const MAX_RELATIVE_OFFSET = 0x7fffffff;

/** Groups segments in order, none larger than `segment.bytes` and `segment.index.bytes` allow if it has several. */
export function groupSegments(
  segments: readonly Segment[],
  config: Pick<LogConfig, 'segmentBytes' | 'segmentIndexBytes'>,
  endOffset: number,
): Segment[][] {
  const groups: Segment[][] = [];
  let total = { log: 0, offsets: 0, times: 0 };
  for (const [i, segment] of segments.entries()) {
    const index = segment.indexSizes;
    const group = groups.at(-1);
    const sum = {
      log: total.log + segment.size,
      offsets: total.offsets + index.offsets,
      times: total.times + index.times,
    };
    const lastOffset = (segments[i + 1]?.baseOffset ?? endOffset) - 1;
    const fits =
      group !== undefined &&
      sum.log <= config.segmentBytes &&
      Math.max(sum.offsets, sum.times) <= config.segmentIndexBytes &&
      lastOffset - group[0]!.baseOffset <= MAX_RELATIVE_OFFSET;
    if (fits) {
      group.push(segment);
      total = sum;
    } else {
      groups.push([segment]);
      total = { log: segment.size, ...index };
    }
  }
  return groups;
}

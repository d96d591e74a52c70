// What is to be said of acquired records, as requests carry it: runs of offsets with what became of them.

/** AcknowledgeType; GAP is for acquired offsets without a record. */
export const AcknowledgeType = { GAP: 0, ACCEPT: 1, RELEASE: 2, REJECT: 3, RENEW: 4 } as const;
export type AcknowledgeType = (typeof AcknowledgeType)[keyof typeof AcknowledgeType];

export interface AcknowledgementBatch {
  readonly firstOffset: number;
  readonly lastOffset: number;
  readonly type: AcknowledgeType;
}

/** As ShareFetch and ShareAcknowledge list them: one type for all offsets of a batch. */
export interface WireBatch {
  firstOffset: number;
  lastOffset: number;
  acknowledgeTypes: number[];
}

/** Ascending, runs of one type joined. */
export function joined(batches: readonly AcknowledgementBatch[]): AcknowledgementBatch[] {
  const result: AcknowledgementBatch[] = [];
  for (const batch of [...batches].sort((a, b) => a.firstOffset - b.firstOffset)) {
    const last = result.at(-1);
    if (last && last.type === batch.type && last.lastOffset + 1 === batch.firstOffset)
      result[result.length - 1] = { ...last, lastOffset: batch.lastOffset };
    else result.push(batch);
  }
  return result;
}

export function toWire(batches: readonly AcknowledgementBatch[]): WireBatch[] {
  return joined(batches).map(({ firstOffset, lastOffset, type }) => ({
    firstOffset,
    lastOffset,
    acknowledgeTypes: [type],
  }));
}

/** Offsets of records, gaps left out, in ascending order. */
export function offsetsOf(batches: readonly AcknowledgementBatch[]): number[] {
  return joined(batches)
    .filter(({ type }) => type !== AcknowledgeType.GAP)
    .flatMap(({ firstOffset, lastOffset }) =>
      Array.from({ length: lastOffset - firstOffset + 1 }, (_, i) => firstOffset + i),
    );
}

/** The runs of `[first, last]` that none of the ascending offsets is in. */
export function gapsBetween(first: number, last: number, offsets: readonly number[]): AcknowledgementBatch[] {
  const gaps: AcknowledgementBatch[] = [];
  let next = first;
  for (const offset of [...offsets, last + 1]) {
    if (offset > next) gaps.push({ firstOffset: next, lastOffset: offset - 1, type: AcknowledgeType.GAP });
    next = offset + 1;
  }
  return gaps;
}

// What remains of the batches that were written of a share partition (PersisterStateBatchCombiner).
import type { StateBatch } from './share-state.ts';

/**
 * One batch for each run of records with the same delivery, in order. Where batches overlap, the greater delivery count
 * wins, then the greater state: deliveries only ever go forward.
 * @param startOffset what lies before it is left out; -1 = nothing is
 */
export function combineBatches(batches: readonly StateBatch[], startOffset: number): StateBatch[] {
  const live = batches
    .filter(({ lastOffset }) => lastOffset >= startOffset)
    .map((batch) => (batch.firstOffset < startOffset ? { ...batch, firstOffset: startOffset } : batch))
    .sort((a, b) => a.firstOffset - b.firstOffset);
  const cuts = [...new Set(live.flatMap(({ firstOffset, lastOffset }) => [firstOffset, lastOffset + 1]))];
  cuts.sort((a, b) => a - b);
  const combined: StateBatch[] = [];
  let covering: StateBatch[] = [];
  let next = 0;
  cuts.forEach((cut, i) => {
    covering = covering.filter(({ lastOffset }) => lastOffset >= cut);
    while (live[next]?.firstOffset === cut) covering.push(live[next++]!);
    if (covering.length === 0) return;
    const { deliveryState, deliveryCount } = covering.reduce((a, b) => (compareDelivery(b, a) > 0 ? b : a));
    append(combined, { firstOffset: cut, lastOffset: cuts[i + 1]! - 1, deliveryState, deliveryCount });
  });
  return combined;
}

function compareDelivery(a: StateBatch, b: StateBatch): number {
  return a.deliveryCount - b.deliveryCount || a.deliveryState - b.deliveryState;
}

function append(batches: StateBatch[], batch: StateBatch): void {
  const last = batches.at(-1);
  const goesOn = last !== undefined && last.lastOffset + 1 === batch.firstOffset && compareDelivery(last, batch) === 0;
  if (goesOn) batches[batches.length - 1] = { ...last, lastOffset: batch.lastOffset };
  else batches.push(batch);
}

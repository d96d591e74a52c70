// The price of one edit step, and the distance from which two words are no longer alike: those of git's help.c, which
// argparse4j took over.
const SWAP = 0;
const SUBSTITUTE = 2;
const INSERT = 1;
const DELETE = 4;
const NOT_ALIKE = 7;

/**
 * The known words closest to a mistyped one, none if all are far: words that begin with it, or those that fewest swapped,
 * replaced, added and dropped letters away. Leading dashes do not count. Sorted.
 */
export function candidates(typed: string, known: readonly string[]): string[] {
  const body = typed.replace(/^-+/, '');
  const rated = known.map((word) => ({ word, distance: distance(body, word.replace(/^-+/, '')) }));
  const best = Math.min(...rated.map((rating) => rating.distance));
  if (best >= NOT_ALIKE) return [];
  return rated.flatMap((rating) => (rating.distance === best ? [rating.word] : [])).sort();
}

function distance(from: string, to: string): number {
  return to.startsWith(from) ? 0 : editDistance(from, to);
}

function editDistance(from: string, to: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: to.length + 1 }, (_, i) => i);
  for (let i = 1; i <= from.length; i++) {
    const row = [i];
    for (let j = 1; j <= to.length; j++) {
      const same = from[i - 1] === to[j - 1];
      let cost = last[j - 1]! + (same ? 0 : SUBSTITUTE);
      const swapped = !same && i >= 2 && j >= 2 && from[i - 2] === to[j - 1] && from[i - 1] === to[j - 2];
      if (swapped) cost = Math.min(cost, beforeLast[j - 2]! + SWAP);
      row.push(Math.min(cost, last[j]! + DELETE, row[j - 1]! + INSERT));
    }
    beforeLast = last;
    last = row;
  }
  return last[to.length]!;
}

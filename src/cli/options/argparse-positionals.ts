import type { OptionSpec } from './table.ts';

/** How many words each positional argument gets, the first ones as many as they can; undefined if there are too few. */
export function sharesOf(specs: readonly OptionSpec[], words: number): number[] | undefined {
  const least = specs.map((spec) => (spec.nargs === '?' || spec.nargs === '*' ? 0 : 1));
  let spare = words - least.reduce((sum: number, n) => sum + n, 0);
  if (spare < 0) return undefined;
  return specs.map((spec, i) => {
    const most = spec.nargs === '+' || spec.nargs === '*' ? Number.POSITIVE_INFINITY : 1;
    const share = Math.min(most, least[i]! + spare);
    spare -= share - least[i]!;
    return share;
  });
}

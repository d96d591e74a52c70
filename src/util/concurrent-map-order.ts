/** The order in which a java.util.concurrent.ConcurrentHashMap iterates `items` that were put in one after the other. */
export function concurrentMapOrder<T>(items: Iterable<T>, hashOf: (item: T) => number): T[] {
  let table: Bin<T>[] = Array.from({ length: 16 }, () => []);
  let count = 0;
  for (const item of items) {
    const code = hashOf(item);
    const hash = (code ^ (code >>> 16)) & 0x7fffffff;
    table[hash & (table.length - 1)]!.push({ item, hash });
    count++;
    while (count >= table.length * 0.75) table = transferred(table);
  }
  return table.flat().map(({ item }) => item);
}

type Bin<T> = { readonly item: T; readonly hash: number }[];

/** A bin is split in two; the run at its end that stays together stays as it is, what comes before is turned round. */
function transferred<T>(table: readonly Bin<T>[]): Bin<T>[] {
  const size = table.length;
  const halves = table.map((bin) => {
    const goesHigh = ({ hash }: Bin<T>[number]) => (hash & size) !== 0;
    const last = bin.at(-1);
    let run = bin.length - 1;
    while (last && run > 0 && goesHigh(bin[run - 1]!) === goesHigh(last)) run--;
    const half = (high: boolean): Bin<T> => [
      ...bin
        .slice(0, Math.max(run, 0))
        .filter((one) => goesHigh(one) === high)
        .reverse(),
      ...(last && goesHigh(last) === high ? bin.slice(run) : []),
    ];
    return [half(false), half(true)] as const;
  });
  return [...halves.map(([low]) => low), ...halves.map(([, high]) => high)];
}

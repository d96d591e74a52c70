/** Between the columns of a list. */
const GAP = 2;

/** Names in as many columns as fit the width, filled downwards; one a line without a width (LsCommandHandler). */
export function columnsOf(names: readonly string[], width: number | undefined): string[] {
  if (names.length === 0) return [];
  const most = width === undefined ? 1 : Math.max(1, Math.floor(width / 4));
  for (let columns = most; columns > 1; columns--) {
    const perColumn = Math.ceil(names.length / columns);
    const widths = widthsOf(names, perColumn);
    const isFull = widths.length === columns;
    if (isFull && widths.reduce((a, b) => a + b, 0) <= width!) return linesOf(names, perColumn, widths);
  }
  return [...names];
}

function widthsOf(names: readonly string[], perColumn: number): number[] {
  const widths: number[] = [];
  for (let at = 0; at < names.length; at += perColumn)
    widths.push(Math.max(...names.slice(at, at + perColumn).map(({ length }) => length + GAP)));
  return widths;
}

function linesOf(names: readonly string[], perColumn: number, widths: readonly number[]): string[] {
  return Array.from({ length: perColumn }, (_, line) =>
    widths
      .map((width, column) => {
        const name = names[line + column * perColumn] ?? '';
        return name !== '' && column < widths.length - 1 ? name.padEnd(width) : name;
      })
      .join(''),
  );
}

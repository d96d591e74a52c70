/** ToolsUtils.prettyPrintTable: each column as wide as its longest cell, and a tab behind every cell. */
export function tabbedTable(headers: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = headers.map((header, i) => Math.max(header.length, ...rows.map((row) => row[i]!.length)));
  const line = (cells: readonly string[]) => `${cells.map((cell, i) => `${cell.padEnd(widths[i]!)}\t`).join('')}\n`;
  return [headers, ...rows].map(line).join('');
}

/**
 * Metrics as ToolsUtils.printMetrics prints them: below an empty line, sorted by name.
 * @param metrics name within `group` and value
 */
export function metricLines(
  group: string,
  clientId: string,
  metrics: readonly (readonly [name: string, value: number])[],
): string[] {
  const rows = metrics
    .map(([name, value]) => [`${group}:${name}:{client-id=${clientId}}`, value] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  const width = Math.max(...rows.map(([name]) => name.length));
  const lines = rows.map(([name, value]) => `${name.padEnd(width)} : ${value.toFixed(3)}`);
  return ['', `${'Metric Name'.padEnd(width)}   Value`, ...lines];
}

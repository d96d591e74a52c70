import { ConfigError } from './config-error.ts';

const INT_MIN = -(2 ** 31);
const INT_MAX = 2 ** 31 - 1;

/**
 * max.connections.per.ip.overrides, `host:count,host:count`, as Kafka reads it (KafkaConfig.getMap, Csv.parseCsvMap).
 * @throws ConfigError with the texts of the exceptions that Kafka passes on
 */
export function connectionOverrides(text: string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  const entries = text.split(',').map((entry) => entry.trim());
  // String.split drops what is empty at the end.
  while (entries.at(-1) === '') entries.pop();
  for (const entry of entries) {
    const at = entry.lastIndexOf(':');
    if (at < 0)
      throw new ConfigError(
        `Error parsing configuration property 'max.connections.per.ip.overrides': begin 0, end -1, length ${entry.length}`,
      );
    counts.set(entry.slice(0, at).trim(), parseInteger(entry.slice(at + 1).trim()));
  }
  return counts;
}

/** Integer.parseInt. */
function parseInteger(text: string): number {
  const value = /^[+-]?\d+$/.test(text) ? Number(text) : Number.NaN;
  if (value >= INT_MIN && value <= INT_MAX) return value;
  throw new ConfigError(`For input string: "${text}"`);
}

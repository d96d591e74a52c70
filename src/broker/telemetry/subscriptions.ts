// What the CLIENT_METRICS resources ask of a client (ClientMetricsManager, ClientMetricsConfigs; KIP-714).
import { crc32c } from '../../protocol/records/crc32c.ts';
import { hashMapOrder, javaStringHash } from '../../util/java-hash.ts';
import { uuidToBytes } from '../../util/uuid.ts';

/** What a client says of itself, by the keys that a match may have. */
export type ClientAttributes = ReadonlyMap<string, string>;

export interface Subscription {
  /** CRC-32C of what is asked for, mixed with the client's id: it changes when the subscriptions do. */
  readonly id: number;
  /** Prefixes of names, `*` alone for all, none for nothing. */
  readonly metrics: readonly string[];
  readonly pushIntervalMs: number;
}

const DEFAULT_INTERVAL_MS = 300_000;
const ALL_METRICS = '*';

/** @param resources the configs of each CLIENT_METRICS resource, which have been checked when they were set */
export function subscriptionOf(
  resources: Iterable<ReadonlyMap<string, string>>,
  clientInstanceId: string,
  attributes: ClientAttributes,
): Subscription {
  const wanted = new Set<string>();
  let pushIntervalMs = DEFAULT_INTERVAL_MS;
  for (const configs of resources) {
    if (!matches(listOf(configs.get('match')), attributes)) continue;
    for (const prefix of listOf(configs.get('metrics'))) wanted.add(prefix);
    pushIntervalMs = Math.min(pushIntervalMs, Number(configs.get('interval.ms') ?? DEFAULT_INTERVAL_MS));
  }
  const metrics = wanted.has(ALL_METRICS) ? [ALL_METRICS] : hashMapOrder(wanted, javaStringHash);
  const sum = crc32c(Buffer.from(`[${metrics.join(', ')}]${pushIntervalMs}`));
  return { id: sum ^ javaUuidHash(clientInstanceId), metrics, pushIntervalMs };
}

/** All of the patterns must match the whole of what they are about. */
function matches(patterns: readonly string[], attributes: ClientAttributes): boolean {
  return patterns.every((entry) => {
    const [key = '', pattern = ''] = entry.split('=').map((part) => part.trim());
    const value = attributes.get(key);
    return value !== undefined && new RegExp(`^(?:${pattern})$`, 'u').test(value);
  });
}

function listOf(text: string | undefined): string[] {
  return (text ?? '')
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
}

/** Uuid.hashCode. */
function javaUuidHash(id: string): number {
  const bytes = uuidToBytes(id);
  return bytes.readInt32BE(0) ^ bytes.readInt32BE(4) ^ bytes.readInt32BE(8) ^ bytes.readInt32BE(12);
}

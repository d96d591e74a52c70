import { type ConfigDefinition, INT, key, LIST, MEDIUM } from '../definition.ts';
import { listOf } from '../validators.ts';

/** Client metrics subscriptions (ClientMetricsConfigs, KIP-714). */
// biome-ignore format: a table, one line per key
export const CLIENT_METRICS: readonly ConfigDefinition[] = [
  key('metrics', LIST, '', MEDIUM, 'Prefixes of the metric names that clients push; * = all.', listOf([])),
  key('interval.ms', INT, '300000', MEDIUM, 'Pause between two pushes.'),
  key('match', LIST, '', MEDIUM, 'Which clients push, as key=pattern; empty = all.', listOf([])),
];

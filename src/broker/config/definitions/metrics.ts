import { CLUSTER_WIDE, type ConfigDefinition, INT, key, LIST, LONG, LOW, STRING } from '../definition.ts';
import { atLeast, listOf } from '../validators.ts';

/** Metrics and telemetry (MetricConfigs). */
// biome-ignore format: a table, one line per key
export const METRICS: readonly ConfigDefinition[] = [
  key('metrics.num.samples', INT, '2', LOW, 'Samples kept to compute a metric.', atLeast(1)),
  key('metrics.sample.window.ms', LONG, '30000', LOW, 'Length of one sample of a metric.', atLeast(1)),
  key('metric.reporters', LIST, 'org.apache.kafka.common.metrics.JmxReporter', LOW, 'Classes that report metrics.', listOf([]), CLUSTER_WIDE),
  key('metrics.recording.level', STRING, 'INFO', LOW, 'Finest level of metrics recorded: INFO, DEBUG or TRACE.'),
  key('kafka.metrics.reporters', LIST, '', LOW, 'Classes that report Yammer metrics.', listOf([])),
  key('kafka.metrics.polling.interval.secs', INT, '10', LOW, 'Pause between two reports of Yammer metrics.', atLeast(1)),
  key('telemetry.max.bytes', INT, '1048576', LOW, 'Largest telemetry push of a client.', atLeast(1)),
];

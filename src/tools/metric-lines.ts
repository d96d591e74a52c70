import type { MetricGroup } from './metric-names.ts';

/** A client whose metrics are printed, and what is known of them. */
export interface MeasuredClient {
  readonly clientId: string;
  /** All metrics that Kafka's client of this kind has. */
  readonly groups: readonly MetricGroup[];
  /** The group of `counts`. */
  readonly group: string;
  /** What was counted, by name. */
  readonly counts: Readonly<Record<string, number>>;
  /** Ids of the nodes that it talks to. */
  readonly nodes: readonly number[];
  /** What it has written or read. */
  readonly partitions: readonly { readonly topic: string; readonly partition: number }[];
}

type Row = readonly [name: string, value: number | string];

/** Metrics as ToolsUtils.printMetrics prints them, below an empty line and sorted by name: those that were counted. */
export function countedMetricLines({ clientId, group, counts }: MeasuredClient): string[] {
  return lines(Object.entries(counts).map(([name, value]): Row => [`${group}:${name}:{client-id=${clientId}}`, value]));
}

/** The same for all metrics of Kafka's client, NaN for those that are not counted here: what Kafka prints of one without a value. */
export function allMetricLines(
  client: MeasuredClient,
  { version, commit, startMs }: { readonly version: string; readonly commit: string; readonly startMs: number },
): string[] {
  const id = `client-id=${client.clientId}`;
  const rows = client.groups.flatMap(({ group, tags, names }) =>
    tagsOf(tags, group, client).flatMap((others) =>
      names.split(' ').map((name): Row => {
        const counted = group === client.group && others === '' ? client.counts[name] : undefined;
        return [`${group}:${name}:{${id}${others}}`, counted ?? Number.NaN];
      }),
    ),
  );
  const info = ([name, value]: Row): Row => [`app-info:${name}:{${id}}`, value];
  const own = [info(['commit-id', commit]), info(['start-time-ms', String(startMs)]), info(['version', version])];
  return lines([...rows, ...own, [`kafka-metrics-count:count:{${id}}`, rows.length + own.length + 1]]);
}

/** The tags behind the client's id, once for each thing that they stand for. */
function tagsOf(tags: string | undefined, group: string, { nodes, partitions }: MeasuredClient): string[] {
  if (tags === undefined) return [''];
  const filled = tags.includes('{node}')
    ? nodes.map((node) => tags.replace('{node}', String(node)))
    : partitions.flatMap(({ topic, partition }) =>
        tagsOfTopic(topic, group).map((name) =>
          tags.replace('{topic}', name).replace('{partition}', String(partition)),
        ),
      );
  return [...new Set(filled)].map((each) => `, ${each}`);
}

/** Fetch metrics are under the name with underscores for dots as well, as before KIP-1109. */
function tagsOfTopic(topic: string, group: string): string[] {
  const old = topic.replaceAll('.', '_');
  return group === 'consumer-fetch-manager-metrics' && old !== topic ? [topic, old] : [topic];
}

function lines(rows: readonly Row[]): string[] {
  const sorted = rows.toSorted(([a], [b]) => (a < b ? -1 : 1));
  const width = Math.max(...rows.map(([name]) => name.length));
  const printed = sorted.map(
    ([name, value]) => `${name.padEnd(width)} : ${typeof value === 'string' ? value : value.toFixed(3)}`,
  );
  return ['', `${'Metric Name'.padEnd(width)}   Value`, ...printed];
}

import { expect, it } from 'vitest';
import { allMetricLines, countedMetricLines, type MeasuredClient } from '../../src/tools/metric-lines.ts';

const client: MeasuredClient = {
  clientId: 'me',
  groups: [
    { group: 'some-metrics', names: 'record-lag record-lag-avg' },
    { group: 'some-node-metrics', tags: 'node-id=node-{node}', names: 'rate' },
    { group: 'some-metrics', tags: 'topic={topic}', names: 'record-lag' },
    { group: 'some-metrics', tags: 'topic={topic}, partition={partition}', names: 'record-lag' },
  ],
  group: 'some-metrics',
  counts: { 'record-lag': 7 },
  nodes: [-1, 1],
  partitions: [
    { topic: 't', partition: 0 },
    { topic: 't', partition: 1 },
  ],
};

it('prints what was counted', () => {
  expect(countedMetricLines(client)).toEqual([
    '',
    `${'Metric Name'.padEnd(38)}   Value`,
    'some-metrics:record-lag:{client-id=me} : 7.000',
  ]);
});

it("prints all metrics of Kafka's client by name, for each node, topic and partition", () => {
  const [empty, titles, ...rows] = allMetricLines(client, { version: '4', commit: 'c0', startMs: 5 });
  expect([empty, titles]).toEqual(['', `${'Metric Name'.padEnd(60)}   Value`]);
  expect(rows.map((row) => row.replace(/ +: /, ' : '))).toEqual([
    'app-info:commit-id:{client-id=me} : c0',
    'app-info:start-time-ms:{client-id=me} : 5',
    'app-info:version:{client-id=me} : 4',
    'kafka-metrics-count:count:{client-id=me} : 11.000',
    'some-metrics:record-lag-avg:{client-id=me} : NaN',
    'some-metrics:record-lag:{client-id=me, topic=t, partition=0} : NaN',
    'some-metrics:record-lag:{client-id=me, topic=t, partition=1} : NaN',
    'some-metrics:record-lag:{client-id=me, topic=t} : NaN',
    'some-metrics:record-lag:{client-id=me} : 7.000',
    'some-node-metrics:rate:{client-id=me, node-id=node--1} : NaN',
    'some-node-metrics:rate:{client-id=me, node-id=node-1} : NaN',
  ]);
});

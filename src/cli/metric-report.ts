import { allMetricLines, countedMetricLines, type MeasuredClient } from '../tools/metric-lines.ts';
import { systemClock } from '../util/clock.ts';
import type { Compat } from './compat.ts';
import { KAFKA_COMMIT, KAFKA_VERSION } from './kafka-version.ts';

/** The node that a client talks to before it knows any. */
const BOOTSTRAP_NODE = -1;
/** Connections to a group's coordinator have ids of their own, counted down from here. */
const COORDINATOR_BASE = 2 ** 31 - 1;

/** The nodes of a client that knows these brokers; as a member of a group, with the coordinator. */
export function nodesOf(brokerIds: readonly number[], isMember: boolean): number[] {
  const coordinators = isMember ? brokerIds.slice(0, 1).map((id) => COORDINATOR_BASE - id) : [];
  return [BOOTSTRAP_NODE, ...brokerIds, ...coordinators];
}

/** What --print-metrics prints: for people what was counted, under Kafka's names the whole list of Kafka's client. */
export const metricReport = (client: MeasuredClient, compat: Compat): string[] =>
  compat.hints
    ? countedMetricLines(client)
    : allMetricLines(client, { version: KAFKA_VERSION, commit: KAFKA_COMMIT, startMs: systemClock.nowMs() });

// The metrics that Kafka's Java clients have, by group: what --print-metrics lists under Kafka's names. {node} stands for each
// node that a client talks to, {topic} and {partition} for what it writes or reads.

/** Of every group of a network client (SelectorMetrics). */
const NETWORK =
  'connection-close-rate connection-close-total connection-count connection-creation-rate connection-creation-total failed-authentication-rate failed-authentication-total failed-reauthentication-rate failed-reauthentication-total incoming-byte-rate incoming-byte-total io-ratio io-time-ns-avg io-time-ns-total io-wait-ratio io-wait-time-ns-avg io-wait-time-ns-total network-io-rate network-io-total outgoing-byte-rate outgoing-byte-total reauthentication-latency-avg reauthentication-latency-max request-rate request-size-avg request-size-max request-total response-rate response-total select-rate select-total successful-authentication-no-reauth-total successful-authentication-rate successful-authentication-total successful-reauthentication-rate successful-reauthentication-total';
const NODE =
  'incoming-byte-rate incoming-byte-total outgoing-byte-rate outgoing-byte-total request-latency-avg request-latency-max request-rate request-size-avg request-size-max request-total response-rate response-total';
const FETCHED =
  'bytes-consumed-rate bytes-consumed-total fetch-size-avg fetch-size-max records-consumed-rate records-consumed-total records-per-request-avg';
const FETCHES = `${FETCHED} fetch-latency-avg fetch-latency-max fetch-rate fetch-throttle-time-avg fetch-throttle-time-max fetch-total`;

export interface MetricGroup {
  readonly group: string;
  /** Tags behind the client's id. */
  readonly tags?: string;
  /** Names between blanks. */
  readonly names: string;
}

export const PRODUCER_METRICS: readonly MetricGroup[] = [
  {
    group: 'producer-metrics',
    names: `${NETWORK} batch-size-avg batch-size-max batch-split-rate batch-split-total buffer-available-bytes buffer-exhausted-rate buffer-exhausted-total buffer-total-bytes bufferpool-wait-ratio bufferpool-wait-time-ns-total compression-rate-avg flush-time-ns-total metadata-age metadata-wait-time-ns-total produce-throttle-time-avg produce-throttle-time-max record-error-rate record-error-total record-queue-time-avg record-queue-time-max record-retry-rate record-retry-total record-send-rate record-send-total record-size-avg record-size-max records-per-request-avg request-latency-avg request-latency-max requests-in-flight txn-abort-time-ns-total txn-begin-time-ns-total txn-commit-time-ns-total txn-init-time-ns-total txn-prepare-time-ns-total txn-send-offsets-time-ns-total waiting-threads`,
  },
  { group: 'producer-node-metrics', tags: 'node-id=node-{node}', names: NODE },
  {
    group: 'producer-topic-metrics',
    tags: 'topic={topic}',
    names:
      'byte-rate byte-total compression-rate record-error-rate record-error-total record-retry-rate record-retry-total record-send-rate record-send-total',
  },
];

export const CONSUMER_METRICS: readonly MetricGroup[] = [
  {
    group: 'consumer-coordinator-metrics',
    names:
      'assigned-partitions commit-latency-avg commit-latency-max commit-rate commit-total failed-rebalance-rate-per-hour failed-rebalance-total heartbeat-rate heartbeat-response-time-max heartbeat-total join-rate join-time-avg join-time-max join-total last-heartbeat-seconds-ago last-rebalance-seconds-ago partition-assigned-latency-avg partition-assigned-latency-max partition-lost-latency-avg partition-lost-latency-max partition-revoked-latency-avg partition-revoked-latency-max rebalance-latency-avg rebalance-latency-max rebalance-latency-total rebalance-rate-per-hour rebalance-total sync-rate sync-time-avg sync-time-max sync-total',
  },
  { group: 'consumer-fetch-manager-metrics', names: `${FETCHES} records-lag-max records-lead-min` },
  { group: 'consumer-fetch-manager-metrics', tags: 'topic={topic}', names: FETCHED },
  {
    group: 'consumer-fetch-manager-metrics',
    tags: 'topic={topic}, partition={partition}',
    names:
      'preferred-read-replica records-lag records-lag-avg records-lag-max records-lead records-lead-avg records-lead-min',
  },
  {
    group: 'consumer-metrics',
    names: `${NETWORK} commit-sync-time-ns-total committed-time-ns-total last-poll-seconds-ago poll-idle-ratio-avg time-between-poll-avg time-between-poll-max`,
  },
  { group: 'consumer-node-metrics', tags: 'node-id=node-{node}', names: NODE },
];

export const SHARE_CONSUMER_METRICS: readonly MetricGroup[] = [
  { group: 'consumer-metrics', names: NETWORK },
  { group: 'consumer-node-metrics', tags: 'node-id=node-{node}', names: NODE },
  {
    group: 'consumer-share-coordinator-metrics',
    names:
      'heartbeat-rate heartbeat-response-time-max heartbeat-total last-heartbeat-seconds-ago rebalance-rate-per-hour rebalance-total',
  },
  {
    group: 'consumer-share-fetch-manager-metrics',
    names: `${FETCHES} acknowledgements-error-rate acknowledgements-error-total acknowledgements-send-rate acknowledgements-send-total records-per-request-max`,
  },
  {
    group: 'consumer-share-metrics',
    names:
      'application-event-queue-processing-time-avg application-event-queue-processing-time-max application-event-queue-size application-event-queue-time-avg application-event-queue-time-max application-events-expired-count background-event-queue-processing-time-avg background-event-queue-processing-time-max background-event-queue-size background-event-queue-time-avg background-event-queue-time-max last-poll-seconds-ago poll-idle-ratio-avg time-between-network-thread-poll-avg time-between-network-thread-poll-max time-between-poll-avg time-between-poll-max unsent-requests-queue-size unsent-requests-queue-time-avg unsent-requests-queue-time-max',
  },
];

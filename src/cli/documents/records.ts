import type { Documents } from './document.ts';

const BYTES = 'string|null|{base64: string}';
const RECORD = `topic: string, partition: number, offset: number, timestamp: number, timestampType: string, key: ${BYTES}, value: ${BYTES}, headers: [{key: string, value: ${BYTES}}]`;
const ENDS = '{error: string}';
const PRODUCER = 'producerId: number, producerEpoch: number';
const RATES = 'records: number, recordsPerSec: number|null, mbPerSec: number|null';
const LATENCIES =
  'avgLatencyMs: number, maxLatencyMs: number, p50Ms: number, p95Ms: number, p99Ms: number, p999Ms: number';
const COUNTS = 'records: number, bytes: number';
const PLACE = 'topic: string, partition: number';
const KEYS = 'key: string|null, value: string|null';
const event = (name: string, fields = '') => `{timestamp: number, name: '${name}'${fields && `, ${fields}`}}`;
const READING = [event('startup_complete'), event('record_data', `${KEYS}, ${PLACE}, offset: number`)];

/** Of what reads and writes records, and measures that. */
export const recordDocuments: Documents = {
  'console-producer': '{topic: string, sent: number, failed: number}',
  'console-consumer': { lines: [`{${RECORD}}`, ENDS] },
  'console-share-consumer': { lines: [`{${RECORD}, deliveryCount: number}`, ENDS] },
  'dump-log': {
    lines: [
      "{type: 'file', file: string}",
      "{type: 'log', startOffset: number}",
      "{type: 'snapshot', endOffset: number|null, epoch: number|null}",
      `{type: 'batch', baseOffset: number, lastOffset: number, count: number, baseSequence: number, lastSequence: number, ${PRODUCER}, partitionLeaderEpoch: number, isTransactional: boolean, isControl: boolean, deleteHorizonMs: number|null, position: number, timestampType: string, maxTimestamp: number, size: number, magic: number, codec: string, crc: number, isValid: boolean}`,
      "{type: 'legacy-batch', offset: number, position: number, timestampType: string, maxTimestamp: number, size: number, magic: number, codec: string, crc: number, isValid: boolean}",
      "{type: 'record', offset?: number, timestamp?: number, timestampType?: string, keySize?: number, valueSize?: number, sequence?: number, headerKeys?: [string], isValid?: boolean, crc?: number, control?: string|null, key: string|null, payload: string|null}",
      "{type: 'offset-index-entry', offset: number, position: number}",
      "{type: 'time-index-entry', timestamp: number, offset: number}",
      "{type: 'index-empty'|'index-sane', file: string}",
      `{type: 'producer', ${PRODUCER}, coordinatorEpoch: number, startOffset: number|null, lastTimestamp: number, lastBatch: {firstSequence: number, lastSequence: number, lastOffset: number, offsetDelta: number, timestamp: number}|null}`,
      "{type: 'aborted-transaction', version: number, producerId: number, firstOffset: number, lastOffset: number, lastStableOffset: number}",
      "{type: 'invalid-bytes', count: number, file: string}",
      ENDS,
    ],
  },
  'producer-perf-test': `{${RATES}, ${LATENCIES}, failed: number, steadyState: {${RATES}, ${LATENCIES}}|null}`,
  'consumer-perf-test': `{${COUNTS}, startMs: number, endMs: number, rebalanceMs: number, fetchMs: number, mb: number, mbPerSec: number|null, recordsPerSec: number|null, fetchMbPerSec: number|null, fetchRecordsPerSec: number|null}`,
  'share-consumer-perf-test': `{${COUNTS}, startMs: number, endMs: number, consumers: [{${COUNTS}}]}`,
  'e2e-latency': '{avgMs: number, p50Ms: number, p99Ms: number, p999Ms: number}',
  'verifiable-producer': {
    lines: [
      event('startup_complete'),
      event('producer_send_success', `${KEYS}, offset: number, partition: number, topic: string`),
      event('producer_send_error', `topic: string, ${KEYS}, exception: string, message: string`),
      event('shutdown_complete'),
      event('tool_data', 'sent: number, acked: number, target_throughput: number, avg_throughput: number|string'),
      ENDS,
    ],
  },
  'verifiable-consumer': {
    lines: [
      ...READING,
      event('partitions_assigned', `partitions: [{${PLACE}}]`),
      event('partitions_revoked', `partitions: [{${PLACE}}]`),
      event(
        'records_consumed',
        `count: number, partitions: [{${PLACE}, count: number, minOffset: number, maxOffset: number}]`,
      ),
      event('offsets_committed', `offsets: [{${PLACE}, offset: number}], success: boolean, error?: string`),
      event('shutdown_requested'),
      event('shutdown_complete'),
      ENDS,
    ],
  },
  'verifiable-share-consumer': {
    lines: [
      ...READING,
      event('offset_reset_strategy_set', 'offsetResetStrategy: string'),
      event('records_consumed', `count: number, partitions: [{${PLACE}, count: number, offsets: [number]}]`),
      event(
        'offsets_acknowledged',
        `count: number, partitions: [{${PLACE}, count: number, offsets: [number]}], success: boolean, error?: string`,
      ),
      event('shutdown_complete'),
      ENDS,
    ],
  },
};

import { checkBootstrapAddress, checkRequired } from '../checks.ts';
import type { ParsedOptions } from '../parsed.ts';
import { joptScript } from '../script.ts';
import { int, long, text } from '../table.ts';
import { bootstrapServer, general } from './common.ts';

const { help, version, json } = general;

export const replicaVerification = joptScript({
  name: 'replica-verification',
  kafkaName: 'kafka-replica-verification',
  about: 'Compare the replicas of topics with one another, until stopped',
  headline: 'Validate that all replicas for a set of topics have the same data.',
  parseErrors: 'message',
  examples: [
    { about: 'Compare what is written from now on', command: 'replica-verification' },
    {
      about: 'All of one topic, with a report every five seconds',
      command: 'replica-verification --topics-include orders --time -2 --report-interval-ms 5000',
    },
  ],
  options: {
    'broker-list': text('HOST:PORT,…', 'Brokers to reach the cluster by; Kafka has no --bootstrap-server here'),
    'bootstrap-server': { ...bootstrapServer, own: true },
    'topics-include': text('REGEX', 'The topics: a regular expression for whole names, commas between several', {
      default: '.*',
      suggest: 'topics',
    }),
    time: long(
      'WHEN',
      'Begin at the first record at or after this time in milliseconds; -1 at the end, -2 at the start',
      {
        default: -1,
      },
    ),
    'fetch-size': int('BYTES', 'How much to read of a partition at once', { default: 1048576 }),
    'max-wait-ms': int('MS', 'How long a broker waits for a first byte', { default: 1000 }),
    'report-interval-ms': long('MS', 'Time between two reports', { default: 30_000 }),
    help,
    version,
    json: { ...json, about: 'Print a line of JSON for each report and difference' },
  },
});

export type ReplicaVerificationOptions = ParsedOptions<typeof replicaVerification.options>;

/** The brokers' addresses, checked as ReplicaVerificationToolOptions does. @throws UsageError */
export function brokersToVerify(options: ReplicaVerificationOptions): string {
  const isOwn = options.has('bootstrap-server') && !options.has('broker-list');
  if (!isOwn) checkRequired(options, 'broker-list');
  const addresses = options.value(isOwn ? 'bootstrap-server' : 'broker-list')!;
  checkBootstrapAddress(addresses);
  return addresses;
}

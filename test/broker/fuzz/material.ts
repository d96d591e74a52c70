// What random requests to a broker are made of: names that are there, names that trick programs, records that are sound and not.
import { batchOf } from '../handlers/odd-batches.ts';

export const TOPIC = 'orders';
export const GROUP = 'shop';

export const STRINGS: readonly string[] = [
  '',
  TOPIC,
  GROUP,
  '__consumer_offsets',
  '__cluster_metadata',
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  '.',
  '..',
  '../../outside',
  'a/b',
  'a\0b',
  'é\u2028\ud83d\ude00',
  'x'.repeat(300),
  '*',
  '.*',
  '(a+)+$',
  '1',
  '-1',
  'PLAIN',
  'SCRAM-SHA-256',
  'User:ANONYMOUS',
  'retention.ms',
  'listener.name.plaintext.ssl.keystore.location',
  'range',
  'uniform',
  'consumer',
  '127.0.0.1',
];

export const BYTES: readonly Buffer[] = [
  Buffer.alloc(0),
  Buffer.from('00', 'hex'),
  Buffer.from('0000000000000000', 'hex'),
  Buffer.from('n,,n=a,r=b'),
  Buffer.from('\0a\0b'),
  Buffer.alloc(61, 0xff),
  batchOf({}),
  batchOf({}).subarray(0, 40),
  batchOf({ attributes: 0x10, producerId: 1, producerEpoch: 0, sequence: 0 }),
];

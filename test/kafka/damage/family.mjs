// Damaged files of a data directory: one case each, made from the files in base/ by rules that do not change, so that a recording of
// Kafka's tools (record.mjs) and ktool (damage.test.ts) meet the same bytes.
import { readdirSync, readFileSync } from 'node:fs';

const BASE = new URL('base/', import.meta.url);
const FIRST = '00000000000000000000';
const SEVENTH = '00000000000000000007';

/**
 * What is damaged: a file, in how many of its bytes (every so many-th), and how it is looked at. Files beside it are as they were.
 * @type {readonly import('./family.d.mts').Target[]}
 */
export const targets = [
  { name: 'segment', file: `orders/${FIRST}.log`, stride: 5, flags: '--print-data-log' },
  { name: 'segment with markers', file: `orders/${SEVENTH}.log`, stride: 5, flags: '--print-data-log' },
  { name: 'segment, batches alone', file: `orders/${FIRST}.log`, stride: 11, flags: '' },
  {
    name: 'segment, without metadata',
    file: `orders/${SEVENTH}.log`,
    stride: 11,
    flags: '--print-data-log --skip-record-metadata',
  },
  { name: 'offset index', file: `orders/${FIRST}.index`, stride: 1, flags: '' },
  { name: 'offset index, verified', file: `orders/${FIRST}.index`, stride: 2, flags: '--verify-index-only' },
  { name: 'offset index, sanity', file: `orders/${FIRST}.index`, stride: 1, flags: '--index-sanity-check' },
  { name: 'time index', file: `orders/${FIRST}.timeindex`, stride: 1, flags: '' },
  { name: 'time index, sanity', file: `orders/${FIRST}.timeindex`, stride: 1, flags: '--index-sanity-check' },
  { name: 'time index of markers', file: `orders/${SEVENTH}.timeindex`, stride: 1, flags: '--verify-index-only' },
  {
    name: 'time index, segment damaged',
    file: `orders/${FIRST}.log`,
    shown: `orders/${FIRST}.timeindex`,
    stride: 9,
    flags: '',
  },
  {
    name: 'offset index, segment damaged',
    file: `orders/${FIRST}.log`,
    shown: `orders/${FIRST}.index`,
    stride: 9,
    flags: '',
  },
  { name: 'producers', file: 'orders/00000000000000000010.snapshot', stride: 3, flags: '' },
  { name: 'aborted transactions', file: `orders/${SEVENTH}.txnindex`, stride: 1, flags: '' },
  { name: 'snappy', file: `snappy/${FIRST}.log`, stride: 3, flags: '--deep-iteration' },
  { name: 'lz4', file: `lz4/${FIRST}.log`, stride: 3, flags: '--deep-iteration' },
  { name: 'zstd', file: `zstd/${FIRST}.log`, stride: 3, flags: '--deep-iteration' },
  { name: 'formats 0 and 1', file: `legacy/${FIRST}.log`, stride: 7, flags: '--print-data-log' },
  { name: 'offsets', file: `offsets/${FIRST}.log`, stride: 16, flags: '--offsets-decoder' },
  { name: 'offsets, tombstones', file: `tombstones/${FIRST}.log`, stride: 11, flags: '--offsets-decoder' },
  { name: 'transactions', file: `transactions/${FIRST}.log`, stride: 9, flags: '--transaction-log-decoder' },
  { name: 'shares', file: `shares/${FIRST}.log`, stride: 7, flags: '--share-group-state-decoder' },
  { name: 'remote log metadata', file: `orders/${FIRST}.log`, stride: 23, flags: '--remote-log-metadata-decoder' },
  { name: 'bootstrap snapshot', file: 'metadata/bootstrap.checkpoint', stride: 9, flags: '--cluster-metadata-decoder' },
  { name: 'metadata', file: `metadata/${FIRST}.log`, stride: 13, flags: '--cluster-metadata-decoder' },
];

/** What a byte becomes: extremes, its neighbours, and something else. */
const VALUES = [
  () => 0,
  () => 0xff,
  (old) => old ^ 1,
  () => 0x7f,
  (old) => (old + 1) & 0xff,
  () => 0x80,
  (old) => (old * 7 + 3) & 0xff,
];

/** Files of the folder of a target, as they were. @param {import('./family.d.mts').Target} target */
export function baseFiles({ file }) {
  const folder = file.slice(0, file.indexOf('/') + 1);
  return readdirSync(new URL(folder, BASE)).map((name) => [
    `${folder}${name}`,
    readFileSync(new URL(folder + name, BASE)),
  ]);
}

/** @param {import('./family.d.mts').Target} target @param {string} dir */
export const commandOf = ({ file, shown = file, flags }, dir) =>
  `kafka-dump-log --files ${dir}/${shown} ${flags}`.trim().split(' ');

/** The damaged contents of a target's file, by the name of the case. @param {import('./family.d.mts').Target} target */
export function* variants({ file, stride }) {
  const bytes = readFileSync(new URL(file, BASE));
  yield ['whole', bytes];
  for (let at = 0, turn = 0; at < bytes.length; at += stride, turn++) {
    const value = VALUES[turn % VALUES.length](bytes[at]);
    if (value !== bytes[at]) yield [`${at}=${value}`, changed(bytes, at, value)];
  }
  for (let at = 0; at < bytes.length; at += Math.ceil(bytes.length / 12)) yield [`cut at ${at}`, bytes.subarray(0, at)];
  for (let at = 5, n = 1; at < bytes.length; at += Math.ceil(bytes.length / 6), n++) {
    yield [`${n} less at ${at}`, Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + n)])];
    yield [`${n} more at ${at}`, Buffer.concat([bytes.subarray(0, at), Buffer.alloc(n, at), bytes.subarray(at)])];
  }
  for (const n of [1, 12, 17, 18, 61, 100])
    for (const value of [0, 0xff]) yield [`${n} times ${value} behind`, Buffer.concat([bytes, Buffer.alloc(n, value)])];
  yield ['twice', Buffer.concat([bytes, bytes])];
}

function changed(bytes, at, value) {
  const copy = Buffer.from(bytes);
  copy[at] = value;
  return copy;
}

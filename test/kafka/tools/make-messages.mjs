#!/usr/bin/env node
// Makes one message of each kind and version, with every field set to something (seeded, so always the same), and lets
// Kafka's own classes write its bytes:
//
//   node test/kafka/tools/make-messages.mjs ~/.cache/real-kafka/libs      (Java 17 and the jars of Kafka 4.3.1)
//
// The result, test/kafka/messages.jsonl, holds for each the values that went in and the bytes that came out.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const libs = process.argv[2];
if (!libs) throw new Error('usage: make-messages.mjs FOLDER-OF-JARS');
const here = dirname(fileURLToPath(import.meta.url));
const specs = ['clients', 'metadata', 'group-coordinator', 'transaction-coordinator', 'share-coordinator'].flatMap(
  (jar) => JSON.parse(readFileSync(join(here, `../specs/${jar}.json`), 'utf8')),
);

let state = 43;
const random = (below) => {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return Math.floor((state / 2 ** 32) * below);
};

const within = (text, version) => {
  if (text === undefined || text === 'none') return false;
  const [, from, to] = /^(\d+)(?:\+|-(\d+))?$/.exec(text);
  return version >= Number(from) && (text.endsWith('+') || version <= Number(to ?? from));
};

const signed = (bits) => Math.floor(random(2 ** 30) / 2 ** (30 - Math.min(bits - 1, 30))) * (random(3) ? 1 : -1);
const base64 = (size) => Buffer.from(Array.from({ length: size }, () => random(256))).toString('base64');
const PRIMITIVES = {
  int8: () => signed(8),
  int16: () => signed(16),
  uint16: () => random(65536),
  int32: () => signed(32),
  uint32: () => random(2 ** 32),
  int64: () => (random(3) ? 1 : -1) * (random(2 ** 20) * 2 ** 32 + random(2 ** 32)),
  float64: () => random(1000) / 8,
  bool: () => random(2) === 1,
  string: () => ['', 'käse-', 'topic.', 'x'][random(4)] + random(1000),
  bytes: () => base64(random(9)),
  records: () => base64(12 + random(9)),
  uuid: () => Buffer.from(Array.from({ length: 16 }, () => 1 + random(255))).toString('base64url'),
};

function value(spec, field, version) {
  if (within(field.nullableVersions, version) && random(4) === 0) return null;
  const element = field.type.replace(/^\[\]/, '');
  const inner = field.fields ?? spec.commonStructs?.find(({ name }) => name === element)?.fields;
  const one = () => (inner ? struct(spec, inner, version) : PRIMITIVES[element]());
  return field.type.startsWith('[]')
    ? Array.from({ length: field.tag === undefined ? random(3) : 1 + random(2) }, one)
    : one();
}

function struct(spec, fields, version) {
  const present = fields.filter((field) => within(field.versions ?? field.taggedVersions ?? '0+', version));
  return Object.fromEntries(
    present.map((field) => [field.name[0].toLowerCase() + field.name.slice(1), value(spec, field, version)]),
  );
}

const wanted = specs.filter(
  ({ type, name, listeners }) =>
    type !== 'header' &&
    (type !== 'request' || listeners?.includes('broker')) &&
    (type !== 'response' ||
      specs.some((s) => s.name === name.replace(/Response$/, 'Request') && s.listeners?.includes('broker'))),
);
const lines = wanted.flatMap((spec) => {
  const [from, to = from] = spec.validVersions.split('-').map(Number);
  return Array.from({ length: to - from + 1 }, (_, i) => ({
    name: spec.name,
    version: from + i,
    body: struct(spec, spec.fields, from + i),
  }));
});
// Compiled first: run from source, Java's launcher trips over exceptions.
const classes = mkdtempSync(join(tmpdir(), 'message-bytes-'));
spawnSync('javac', ['-d', classes, '-cp', `${libs}/*`, join(here, 'MessageBytes.java')], { stdio: 'inherit' });
const { stdout, stderr, status } = spawnSync('java', ['-cp', `${classes}:${libs}/*`, 'MessageBytes'], {
  input: lines.map((line) => JSON.stringify(line)).join('\n'),
  encoding: 'utf8',
  maxBuffer: 2 ** 28,
});
if (status !== 0) throw new Error(stderr);
process.stderr.write(stderr);
const bodies = new Map(lines.map((line) => [`${line.name} ${line.version}`, line.body]));
const out = stdout
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line));
writeFileSync(
  join(here, '../messages.jsonl'),
  `${out.map(({ name, version, hex }) => JSON.stringify({ name, version, body: bodies.get(`${name} ${version}`), hex })).join('\n')}\n`,
);
console.log(`${out.length} of ${lines.length} messages`);

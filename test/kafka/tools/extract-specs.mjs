#!/usr/bin/env node
// Condenses the message specifications inside Apache Kafka's jars into test/kafka/specs/*.json: names, keys, versions,
// fields, types, nullability, defaults and tags, without their texts.
//
//   node test/kafka/tools/extract-specs.mjs ~/.cache/real-kafka/libs 4.3.1
//
// Needs `unzip` and the jars kafka-clients, kafka-metadata, kafka-group-coordinator, kafka-transaction-coordinator and
// kafka-share-coordinator of that version from Maven Central.
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const [libs, version] = process.argv.slice(2);
if (!libs || !version) throw new Error('usage: extract-specs.mjs FOLDER-OF-JARS VERSION');
const out = join(dirname(fileURLToPath(import.meta.url)), '../specs');

const condenseField = ({
  name,
  type,
  versions,
  nullableVersions,
  default: fallback,
  tag,
  taggedVersions,
  flexibleVersions,
  fields,
}) => ({
  name,
  type,
  versions,
  nullableVersions,
  // A bare null is no default to Kafka's generator, the text "null" is.
  default: fallback == null ? undefined : String(fallback),
  tag,
  taggedVersions,
  flexibleVersions,
  fields: fields?.map(condenseField),
});

const condense = ({
  apiKey,
  type,
  name,
  listeners,
  validVersions,
  latestVersionUnstable,
  flexibleVersions,
  commonStructs,
  fields,
}) => ({
  name,
  type,
  apiKey,
  listeners,
  validVersions,
  latestVersionUnstable: latestVersionUnstable || undefined,
  flexibleVersions,
  commonStructs: commonStructs?.map((struct) => ({ name: struct.name, fields: struct.fields.map(condenseField) })),
  fields: fields.map(condenseField),
});

for (const jar of ['clients', 'metadata', 'group-coordinator', 'transaction-coordinator', 'share-coordinator']) {
  const path = join(libs, `kafka-${jar}-${version}.jar`);
  const names = execFileSync('unzip', ['-Z1', path, '*.json'], { encoding: 'utf8' }).trim().split('\n').sort();
  const specs = names
    .map((name) => execFileSync('unzip', ['-p', path, name], { encoding: 'utf8' }))
    .map((text) => JSON.parse(text.replace(/^\s*\/\/.*$/gm, '')))
    .filter((spec) => spec.validVersions !== undefined && spec.validVersions !== 'none')
    .map(condense);
  writeFileSync(join(out, `${jar}.json`), `[\n${specs.map((spec) => JSON.stringify(spec)).join(',\n')}\n]\n`);
  console.log(`${jar}: ${specs.length} messages`);
}

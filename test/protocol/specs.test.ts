// Our schemas against Kafka's own message specifications (test/kafka/specs, see test/kafka/tools/extract-specs.mjs):
// every version of every message, field by field.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { requestHeaderVersion, responseHeaderVersion } from '../../src/protocol/headers.ts';
import { apis } from '../../src/protocol/messages/index.ts';
import type { FieldSpec, Fields, Message } from '../../src/protocol/schema.ts';
import {
  ConsumerProtocolAssignment,
  ConsumerProtocolSubscription,
} from '../../src/protocol/state/consumer-protocol.ts';
import * as control from '../../src/protocol/state/control.ts';
import { groupRecords } from '../../src/protocol/state/group/index.ts';
import { metadataRecords } from '../../src/protocol/state/metadata/index.ts';
import { shareRecords } from '../../src/protocol/state/share/index.ts';
import { transactionRecords } from '../../src/protocol/state/transaction/index.ts';
import { ZERO_UUID } from '../../src/util/uuid.ts';

interface SpecField {
  name: string;
  type: string;
  versions?: string;
  nullableVersions?: string;
  default?: string;
  tag?: number;
  taggedVersions?: string;
  flexibleVersions?: string;
  fields?: SpecField[];
}

interface Spec {
  name: string;
  type: string;
  apiKey?: number;
  listeners?: string[];
  validVersions: string;
  latestVersionUnstable?: boolean;
  flexibleVersions: string;
  commonStructs?: { name: string; fields: SpecField[] }[];
  fields: SpecField[];
}

const read = (jar: string): Spec[] =>
  JSON.parse(readFileSync(new URL(`../kafka/specs/${jar}.json`, import.meta.url), 'utf8'));
const clients = read('clients');
const specs = new Map(
  ['metadata', 'group-coordinator', 'transaction-coordinator', 'share-coordinator']
    .flatMap(read)
    .concat(clients)
    .map((spec) => [spec.name, spec]),
);

function range(text: string | undefined): [number, number] | undefined {
  if (text === undefined || text === 'none') return undefined;
  const [, from, to] = /^(\d+)(?:\+|-(\d+))?$/.exec(text)!;
  return [Number(from), text.endsWith('+') ? Number.POSITIVE_INFINITY : Number(to ?? from)];
}
const within = (text: string | undefined, version: number) => {
  const bounds = range(text);
  return bounds !== undefined && version >= bounds[0] && version <= bounds[1];
};

const ZEROS: Record<string, unknown> = { string: '', bool: false, uuid: ZERO_UUID, bytes: '', records: '' };

function defaultOf(field: SpecField): unknown {
  const { type, default: given } = field;
  if (given === 'null') return null;
  if (type.startsWith('[]')) return '[]';
  if (given === undefined) return type in ZEROS ? ZEROS[type] : /^[A-Z]/.test(type) ? '{}' : 0;
  if (type === 'string' || type === 'uuid') return given;
  if (type === 'bool') return given === 'true';
  return Number(given);
}

/** What a field is at one version, in words that both sides can be put into. */
type Shape = Record<string, unknown>;

function kafkaShape(spec: Spec, fields: SpecField[], version: number): Shape[] {
  const flexible = within(spec.flexibleVersions, version);
  return fields
    .filter((field) => within(field.versions ?? field.taggedVersions ?? '0+', version))
    .map((field) => {
      const element = field.type.replace(/^\[\]/, '');
      const inner = field.fields ?? spec.commonStructs?.find(({ name }) => name === element)?.fields;
      return {
        name: field.name[0]!.toLowerCase() + field.name.slice(1),
        type: inner ? field.type.replace(element, 'struct') : field.type,
        nullable: within(field.nullableVersions, version),
        default: defaultOf(field),
        tag: within(field.taggedVersions, version) ? field.tag : undefined,
        compact: field.flexibleVersions ? within(field.flexibleVersions, version) : flexible,
        fields: inner && kafkaShape(spec, inner, version),
      };
    });
}

function ownShape(message: Message, fields: Fields, version: number): Shape[] {
  const flexible = message.flexible !== null && version >= message.flexible;
  return Object.entries(fields)
    .filter(([, { spec }]) => version >= spec.since && version <= spec.until)
    .map(([name, { spec }]) => {
      const inner = spec.type === 'array' ? spec.element!.fields : spec.fields;
      return {
        name,
        type: spec.type === 'array' ? `[]${spec.element!.type}` : spec.type,
        nullable: spec.nullableSince !== undefined && version >= spec.nullableSince,
        default: ownDefault(spec),
        tag: spec.tag !== undefined && version >= spec.tagSince! ? spec.tag : undefined,
        compact: spec.flexibleSince === undefined ? flexible : version >= spec.flexibleSince,
        fields: inner && ownShape(message, inner, version),
      };
    });
}

function ownDefault(spec: FieldSpec): unknown {
  if (spec.fallback !== undefined) return spec.fallback;
  if (spec.type === 'array') return '[]';
  if (spec.type === 'struct') return '{}';
  return spec.type in ZEROS ? ZEROS[spec.type] : 0;
}

function compare(message: Message, name = message.name): void {
  const spec = specs.get(name);
  if (!spec) throw new Error(`Kafka has no message ${name}`);
  const [min, max] = range(spec.validVersions)!;
  expect(message.versions, `${name} versions`).toEqual([min, spec.latestVersionUnstable ? max - 1 : max]);
  expect(message.flexible, `${name} flexible`).toBe(range(spec.flexibleVersions)?.[0] ?? null);
  for (let version = message.versions[0]; version <= message.versions[1]; version++) {
    expect(ownShape(message, message.fields, version), `${name} v${version}`).toEqual(
      kafkaShape(spec, spec.fields, version),
    );
  }
}

describe('APIs of the broker listener', () => {
  it.each(apis.map((api) => [api.name, api] as const))('%s', (name, api) => {
    expect(api.key).toBe(specs.get(`${name}Request`)?.apiKey);
    const request = specs.get(`${name}Request`)!;
    // Stability is written at the request only.
    specs.get(`${name}Response`)!.latestVersionUnstable = request.latestVersionUnstable;
    compare(api.request);
    compare(api.response);
  });

  it('are all that Kafka has', () => {
    const stable = (spec: Spec) => {
      const [min, max] = range(spec.validVersions)!;
      return max - (spec.latestVersionUnstable ? 1 : 0) >= min;
    };
    const names = clients
      .filter((spec) => spec.type === 'request' && spec.listeners?.includes('broker') && stable(spec))
      .map(({ name }) => name);
    expect(apis.map((api) => `${api.name}Request`).sort()).toEqual(names.sort());
  });
});

describe('stored records', () => {
  it.each([...metadataRecords].map(([type, message]) => [message.name, type, message] as const))(
    '%s',
    (name, type, message) => {
      expect(type).toBe(specs.get(name)?.apiKey);
      compare(message);
    },
  );

  const pairs = [...groupRecords, ...transactionRecords, ...shareRecords];
  it.each(pairs.map(([type, pair]) => [pair.key.name, type, pair] as const))('%s', (name, type, { key, value }) => {
    expect(type).toBe(specs.get(name)?.apiKey);
    compare(key);
    compare(value);
  });

  it.each(
    [ConsumerProtocolSubscription, ConsumerProtocolAssignment, ...Object.values(control)].map(
      (m) => [m.name, m] as const,
    ),
  )('%s', (_, m) => compare(m));
});

describe('headers', () => {
  it('turn flexible with their message, but ApiVersions answers with header v0', () => {
    for (const api of apis) {
      const flexible = (version: number) => within(specs.get(`${api.name}Request`)!.flexibleVersions, version);
      for (let version = api.versions[0]; version <= api.versions[1]; version++) {
        expect(requestHeaderVersion(api, version)).toBe(flexible(version) ? 2 : 1);
        expect(responseHeaderVersion(api, version)).toBe(flexible(version) && api.name !== 'ApiVersions' ? 1 : 0);
      }
    }
  });
});

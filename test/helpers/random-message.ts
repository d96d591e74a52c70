// Requests that nobody would send: values of a message's schema at random, and bytes that are broken in the ways bytes break.
import { encodeRequest } from '../../src/protocol/headers.ts';
import type { Api, FieldSpec, Fields } from '../../src/protocol/schema.ts';

export type Random = (below: number) => number;

/** What the values are made of, by type of field; more of what a broker knows reaches deeper into it. */
export interface Material {
  readonly strings: readonly string[];
  readonly uuids: readonly string[];
  readonly bytes: readonly Buffer[];
}

const NUMBERS: Readonly<Record<string, readonly number[]>> = {
  int8: [0, 1, -1, 2, 3, 127, -128],
  int16: [0, 1, -1, 2, 5, 32767, -32768],
  uint16: [0, 1, 65535],
  int32: [0, 1, -1, 2, 1000, 2 ** 31 - 1, -(2 ** 31)],
  uint32: [0, 1, 2 ** 32 - 1],
  int64: [0, 1, -1, -2, 1000, 1_700_000_000_000, Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER],
  float64: [0, 1, -1, 1e300, Number.NaN, Number.POSITIVE_INFINITY],
};
/** Elements of an array at most. */
const MOST = 4;

const one = <T>(random: Random, all: readonly T[]): T => all[random(all.length)]!;

/** A value of a field at a version. */
function randomValue(spec: FieldSpec, version: number, random: Random, material: Material): unknown {
  if (spec.nullableSince !== undefined && version >= spec.nullableSince && random(6) === 0) return null;
  const numbers = NUMBERS[spec.type];
  if (numbers !== undefined) return one(random, numbers);
  switch (spec.type) {
    case 'bool':
      return random(2) === 1;
    case 'string':
      return one(random, material.strings);
    case 'uuid':
      return one(random, material.uuids);
    case 'array':
      return Array.from({ length: random(MOST) }, () => randomValue(spec.element!, version, random, material));
    case 'struct':
      return fieldsOf(spec.fields!, version, random, material);
    default:
      return one(random, material.bytes);
  }
}

/** A body of a message at a version. */
export function fieldsOf(fields: Fields, version: number, random: Random, material: Material): Record<string, unknown> {
  const there = Object.entries(fields).filter(([, { spec }]) => version >= spec.since && version <= spec.until);
  return Object.fromEntries(there.map(([name, { spec }]) => [name, randomValue(spec, version, random, material)]));
}

/** A request's frame without its size. */
export function randomRequest(api: Api, version: number, random: Random, material: Material): Buffer {
  const body = fieldsOf(api.request.fields, version, random, material);
  const clientId = random(5) === 0 ? null : one(random, material.strings);
  return Buffer.concat(encodeRequest(api, version, { correlationId: 7, clientId }, body as never)).subarray(4);
}

const LIES = [
  '00000000',
  'ffffffff',
  '7fffffff',
  '80000000',
  'fffe',
  '7fff',
  'ffffffff0f',
  '00',
  '01',
  '80',
  'ff',
  'c328',
];

/** A frame with one thing wrong behind the key, version and correlation id, which stay as they are. */
export function broken(frame: Buffer, random: Random): Buffer {
  const at = 8 + random(Math.max(1, frame.length - 8));
  const lie = Buffer.from(one(random, LIES), 'hex');
  switch (random(5)) {
    case 0:
      return frame.subarray(0, at);
    case 1:
      return Buffer.concat([frame, lie]);
    case 2:
      return Buffer.concat([frame.subarray(0, at), lie, frame.subarray(at)]);
    case 3: {
      const changed = Buffer.from(frame);
      changed[at] = random(256);
      return changed;
    }
    default:
      return Buffer.concat([frame.subarray(0, at), lie, frame.subarray(at + lie.length)]);
  }
}

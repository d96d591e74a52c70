import type { FieldSpec, Fields, Message } from '../protocol/schema.ts';
import { ZERO_UUID } from '../util/uuid.ts';

type Json = string | number | boolean | null | Json[] | { [name: string]: Json };

/**
 * A decoded message as the JSON that Kafka's generated converters write: the fields that `version` has in the order of
 * their specification, a tagged one only if it differs from its default, bytes in base64.
 */
export const messageJson = (message: Message, version: number, value: unknown): Json =>
  structJson(message.fields, version, value);

function structJson(fields: Fields, version: number, value: unknown): Json {
  const json: { [name: string]: Json } = {};
  const members = value as Readonly<Record<string, unknown>>;
  for (const [name, { spec }] of Object.entries(fields)) {
    if (version < spec.since || version > spec.until) continue;
    const tagged = spec.tag !== undefined && version >= (spec.tagSince ?? 0);
    if (tagged && isDefault(spec, members[name])) continue;
    json[name] = valueJson(spec, version, members[name]);
  }
  return json;
}

function valueJson(spec: FieldSpec, version: number, value: unknown): Json {
  if (value === null) return null;
  if (spec.type === 'array') return (value as unknown[]).map((item) => valueJson(spec.element!, version, item));
  if (spec.type === 'struct') return structJson(spec.fields ?? {}, version, value);
  if (spec.type === 'bytes' || spec.type === 'records') return (value as Buffer).toString('base64');
  return value as string | number | boolean;
}

function isDefault(spec: FieldSpec, value: unknown): boolean {
  if (spec.fallback !== undefined) return value === spec.fallback;
  if (Array.isArray(value) || typeof value === 'string')
    return value.length === 0 || (spec.type === 'uuid' && value === ZERO_UUID);
  return value === 0 || value === false;
}

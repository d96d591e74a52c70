// The schema language: one object per API (or stored record) describes every version, both directions. The
// TypeScript types of decoded and encodable messages are inferred from it; codec.ts compiles it.

export type Primitive =
  | 'int8'
  | 'int16'
  | 'uint16'
  | 'int32'
  | 'uint32'
  | 'int64'
  | 'float64'
  | 'bool'
  | 'string'
  | 'bytes'
  | 'records'
  | 'uuid';

export interface FieldSpec {
  readonly type: Primitive | 'array' | 'struct';
  /** First and last version that has the field. */
  readonly since: number;
  readonly until: number;
  /** First version in which null is allowed; undefined if never. */
  readonly nullableSince?: number;
  /** What a version without the field decodes to, if not the type's zero. */
  readonly fallback?: unknown;
  readonly tag?: number;
  /** First version in which the field is tagged; before it, it stands in its place. */
  readonly tagSince?: number;
  readonly element?: FieldSpec;
  readonly fields?: Fields;
  /** First flexible version of this field alone, where it differs from the message's. */
  readonly flexibleSince?: number;
}

export type Fields = { readonly [name: string]: Field<unknown, unknown, boolean> };

declare const decoded: unique symbol;
declare const encodable: unique symbol;
declare const optional: unique symbol;

/**
 * A field of a message. `D` is what decoding gives, `E` what encoding takes, `O` whether encoding may leave it out.
 * Modifiers return a new field: since/until (versions that have it), nullable (from a version on), default, tag.
 */
export class Field<D, E, O extends boolean> {
  declare readonly [decoded]: D;
  declare readonly [encodable]: E;
  declare readonly [optional]: O;
  readonly spec: FieldSpec;

  constructor(spec: FieldSpec) {
    this.spec = spec;
  }

  since(version: number): Field<D, E, true> {
    return new Field({ ...this.spec, since: version });
  }

  until(version: number): Field<D, E, true> {
    return new Field({ ...this.spec, until: version });
  }

  nullable(since = 0): Field<D | null, E | null, O> {
    return new Field({ ...this.spec, nullableSince: since });
  }

  default(value: D): Field<D, E, true> {
    return new Field({ ...this.spec, fallback: value });
  }

  /** A tagged field (KIP-482), written only when it differs from its default. */
  tag(tag: number, since = this.spec.since): Field<D, E, true> {
    return new Field({ ...this.spec, tag, tagSince: since });
  }

  /** For the few fields whose own encoding turns compact at another version than the message's; Infinity for never. */
  flexibleFrom(version: number): Field<D, E, O> {
    return new Field({ ...this.spec, flexibleSince: version });
  }
}

const ANY = { since: 0, until: Number.POSITIVE_INFINITY } as const;
const field = <D, E = D>(type: Primitive) => new Field<D, E, false>({ type, ...ANY });

export const int8 = field<number>('int8');
export const int16 = field<number>('int16');
export const uint16 = field<number>('uint16');
export const int32 = field<number>('int32');
export const uint32 = field<number>('uint32');
/** A number, exact to 2^53. */
export const int64 = field<number>('int64');
export const float64 = field<number>('float64');
export const bool = field<boolean>('bool');
export const string = field<string>('string');
export const bytes = field<Buffer, Buffer | readonly Buffer[]>('bytes');
/** Record batches, opaque: a view of the frame when decoded, one or more buffers when encoded. */
export const records = field<Buffer, Buffer | readonly Buffer[]>('records');
/** 22 characters of base64url, see util/uuid.ts. */
export const uuid = field<string>('uuid');

// The `{}` makes hovers show the members instead of the machinery.
type Flat<T> = { [K in keyof T]: T[K] } & {};
type DecodedOf<F> = F extends Field<infer D, infer _E, infer _O> ? D : never;
type EncodableOf<F> = F extends Field<infer _D, infer E, infer _O> ? E : never;
type OptionalKeys<F extends Fields> = {
  [K in keyof F]: F[K] extends Field<infer _D, infer _E, true> ? K : never;
}[keyof F];

/** Every field, as decoding gives it. Tagged fields that this schema does not know are kept and encoded again. */
export type Decoded<F extends Fields> = Flat<{ [K in keyof F]: DecodedOf<F[K]> }> & UnknownTags;
/** What encoding takes: fields with a default may be left out. */
export type Encodable<F extends Fields> = Flat<
  { [K in Exclude<keyof F, OptionalKeys<F>>]: EncodableOf<F[K]> } & { [K in OptionalKeys<F>]?: EncodableOf<F[K]> }
> &
  UnknownTags;

export interface UnknownTags {
  unknownTaggedFields?: readonly { readonly tag: number; readonly data: Buffer }[];
}

export function struct<F extends Fields>(fields: F): Field<Decoded<F>, Encodable<F>, false> {
  return new Field({ type: 'struct', ...ANY, fields });
}

/** An array of a field type, or of structs given by their fields. */
export function array<D, E>(element: Field<D, E, boolean>): Field<D[], readonly E[], false>;
export function array<F extends Fields>(fields: F): Field<Decoded<F>[], readonly Encodable<F>[], false>;
export function array(element: Field<unknown, unknown, boolean> | Fields): Field<unknown, unknown, false> {
  const of = element instanceof Field ? element : struct(element);
  return new Field({ type: 'array', ...ANY, element: of.spec });
}

/** A message that is not an API: a header, a stored record. */
export interface Message<F extends Fields = Fields> {
  readonly name: string;
  readonly versions: readonly [min: number, max: number];
  /** First flexible version (KIP-482), null if none. */
  readonly flexible: number | null;
  readonly fields: F;
}

export function message<const F extends Fields>(definition: Message<F>): Message<F> {
  return definition;
}

export interface Api<Q extends Fields = Fields, S extends Fields = Fields, N extends string = string> {
  readonly name: N;
  readonly key: number;
  /** The versions Kafka's broker answers. */
  readonly versions: readonly [min: number, max: number];
  readonly flexible: number | null;
  readonly request: Message<Q>;
  readonly response: Message<S>;
}

/**
 * Declares an API; request and response share its versions.
 */
export function api<const Q extends Fields, const S extends Fields, const N extends string>(definition: {
  name: N;
  key: number;
  versions: readonly [number, number];
  flexible: number | null;
  request: Q;
  response: S;
}): Api<Q, S, N> {
  const { name, key, versions, flexible } = definition;
  return {
    name,
    key,
    versions,
    flexible,
    request: { name: `${name}Request`, versions, flexible, fields: definition.request },
    response: { name: `${name}Response`, versions, flexible, fields: definition.response },
  };
}

export type DecodedMessage<M> = M extends Message<infer F> ? Decoded<F> : never;
export type EncodableMessage<M> = M extends Message<infer F> ? Encodable<F> : never;
export type RequestOf<A> = A extends Api<infer Q, infer _S> ? Decoded<Q> : never;
export type ResponseOf<A> = A extends Api<infer _Q, infer S> ? Decoded<S> : never;
export type RequestInput<A> = A extends Api<infer Q, infer _S> ? Encodable<Q> : never;
export type ResponseInput<A> = A extends Api<infer _Q, infer S> ? Encodable<S> : never;

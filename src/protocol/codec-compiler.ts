// Compiles a message's schema into a reader and a writer for one version, as straight-line JavaScript: on the hot path
// there is no loop over fields, no version test, and decoded objects have one shape.
import { ZERO_UUID } from '../util/uuid.ts';
import { DecodeError, Reader } from './reader.ts';
import type { FieldSpec, Fields, Message, Primitive } from './schema.ts';
import { Writer } from './writer.ts';

/** Reads and writes one message at one version. */
export interface Codec {
  read(reader: Reader): unknown;
  write(writer: Writer, value: unknown): void;
}

/** @throws RangeError if the message has no such version */
export function compile(message: Message, version: number): Codec {
  const [min, max] = message.versions;
  if (!Number.isInteger(version) || version < min || version > max) {
    throw new RangeError(`${message.name} has versions ${min} to ${max}, not ${version}`);
  }
  const compiler = new Compiler(version, message.flexible !== null && version >= message.flexible);
  const read = compiler.structReader(message.fields, message.name);
  const write = compiler.structWriter(message.fields, message.name);
  const source = `'use strict';\n${compiler.functions.join('\n')}\nreturn { read: ${read}, write: ${write} };`;
  const make = new Function('Reader', 'Writer', 'DecodeError', 'helpers', source);
  return make(Reader, Writer, DecodeError, helpers) as Codec;
}

const ZERO: Record<Primitive, string> = {
  int8: '0',
  int16: '0',
  uint16: '0',
  int32: '0',
  uint32: '0',
  int64: '0',
  float64: '0',
  bool: 'false',
  string: "''",
  bytes: 'helpers.EMPTY',
  records: 'helpers.EMPTY',
  uuid: `'${ZERO_UUID}'`,
};

// What the compiled source calls.
const helpers = {
  EMPTY: Buffer.alloc(0),
  concat: (parts: Buffer[]) => (parts.length === 1 ? parts[0]! : Buffer.concat(parts)),
  missing(path: string): never {
    throw new TypeError(`${path} is required`);
  },
  notNullable(path: string): never {
    throw new TypeError(`${path} must not be null in this version`);
  },
  writeTags(writer: Writer, tags: { tag: number; data: Buffer }[]): void {
    tags.sort((a, b) => a.tag - b.tag);
    writer.uvarint(tags.length);
    for (const { tag, data } of tags) {
      writer.uvarint(tag);
      writer.uvarint(data.length);
      writer.raw(data);
    }
  },
};

const present = (spec: FieldSpec, version: number) => version >= spec.since && version <= spec.until;

class Compiler {
  readonly functions: string[] = [];
  readonly #version: number;
  readonly #flexible: boolean;
  #names = 0;

  constructor(version: number, flexible: boolean) {
    this.#version = version;
    this.#flexible = flexible;
  }

  #isCompact(spec: FieldSpec): boolean {
    return spec.flexibleSince === undefined ? this.#flexible : this.#version >= spec.flexibleSince;
  }

  #isTagged(spec: FieldSpec): boolean {
    return spec.tag !== undefined && this.#version >= (spec.tagSince ?? 0);
  }

  #isNullable(spec: FieldSpec): boolean {
    return spec.nullableSince !== undefined && this.#version >= spec.nullableSince;
  }

  /** Source of the value that a missing field has. */
  #fallback(spec: FieldSpec): string {
    if (spec.fallback !== undefined) return JSON.stringify(spec.fallback);
    if (spec.type === 'array') return '[]';
    if (spec.type === 'struct') return this.#structFallback(spec.fields ?? {});
    return ZERO[spec.type];
  }

  #structFallback(fields: Fields): string {
    return `{ ${Object.entries(fields)
      .map(([name, { spec }]) => `${name}: ${this.#fallback(spec)}`)
      .join(', ')} }`;
  }

  structReader(fields: Fields, path: string): string {
    const name = `read${this.#names++}`;
    const body: string[] = [];
    const tagged: string[] = [];
    for (const [key, { spec }] of Object.entries(fields)) {
      const local = `$${key}`;
      if (!present(spec, this.#version)) body.push(`const ${local} = ${this.#fallback(spec)};`);
      else if (this.#isTagged(spec)) {
        body.push(`let ${local} = ${this.#fallback(spec)};`);
        tagged.push(`case ${spec.tag}: ${local} = ${this.#readValue(spec, `${path}.${key}`)}; break;`);
      } else body.push(`const ${local} = ${this.#readValue(spec, `${path}.${key}`)};`);
    }
    const object = `{ ${Object.keys(fields)
      .map((key) => `${key}: $${key}`)
      .join(', ')} }`;
    const lines = [...body];
    if (this.#flexible) {
      lines.push('let unknown; const tags = r.tagCount();');
      lines.push(
        `for (let i = 0; i < tags; i++) { const tag = r.uvarint(); const size = r.uvarint(); const end = r.pos + size;`,
      );
      lines.push(
        `if (size > r.remaining) throw new DecodeError('tagged field of ' + size + ' bytes in ${path}, ' + r.remaining + ' are left');`,
      );
      lines.push(`switch (tag) { ${tagged.join('\n')} default: (unknown ??= []).push({ tag, data: r.bytes(size) }); }`);
      lines.push(
        `if (r.pos !== end) throw new DecodeError('tagged field ' + tag + ' of ${path} has ' + size + ' bytes, not ' + (r.pos - end + size)); }`,
      );
      lines.push(`if (unknown) return { ...${object}, unknownTaggedFields: unknown };`);
    }
    lines.push(`return ${object};`);
    this.functions.push(`function ${name}(r) {\n${lines.join('\n')}\n}`);
    return name;
  }

  #readValue(spec: FieldSpec, path: string): string {
    const compact = this.#isCompact(spec);
    const nullable = this.#isNullable(spec);
    const checked = (read: string) => (nullable ? read : `r.required(${read}, '${path}')`);
    switch (spec.type) {
      case 'string':
        return checked(compact ? 'r.compactString()' : 'r.string()');
      case 'bytes':
      case 'records':
        return checked(compact ? 'r.compactBytes()' : 'r.nullableBytes()');
      case 'array':
        return `${this.#arrayReader(spec, path)}(r)`;
      case 'struct': {
        const read = `${this.structReader(spec.fields ?? {}, path)}(r)`;
        return nullable ? `(r.int8() < 1 ? null : ${read})` : read;
      }
      default:
        return `r.${spec.type}()`;
    }
  }

  #arrayReader(spec: FieldSpec, path: string): string {
    const name = `read${this.#names++}`;
    const length = this.#isCompact(spec) ? 'r.compactArrayLength()' : 'r.arrayLength()';
    const element = this.#readValue(spec.element!, `${path}[]`);
    const onNull = this.#isNullable(spec) ? 'return null;' : `r.required(null, '${path}');`;
    this.functions.push(
      `function ${name}(r) { const n = ${length}; if (n < 0) ${onNull} const a = []; for (let i = 0; i < n; i++) a.push(${element}); return a; }`,
    );
    return name;
  }

  structWriter(fields: Fields, path: string): string {
    const name = `write${this.#names++}`;
    const body: string[] = [];
    const tagged: string[] = [];
    for (const [key, { spec }] of Object.entries(fields)) {
      if (!present(spec, this.#version)) continue;
      const at = `${path}.${key}`;
      const local = `$${key}`;
      const declare = `let ${local} = v.${key}; if (${local} === undefined) ${local} = ${this.#encodeFallback(spec, at)};`;
      if (this.#isTagged(spec)) tagged.push(`${declare}\n${this.#tagWriter(spec, local, at)}`);
      else body.push(`${declare} ${this.#writeValue(spec, local, at)}`);
    }
    if (this.#flexible) {
      if (tagged.length)
        body.push(
          `const tags = v.unknownTaggedFields ? [...v.unknownTaggedFields] : [];`,
          ...tagged,
          'helpers.writeTags(w, tags);',
        );
      else body.push('if (v.unknownTaggedFields) helpers.writeTags(w, [...v.unknownTaggedFields]); else w.uvarint(0);');
    }
    this.functions.push(`function ${name}(w, v) {\n${body.join('\n')}\n}`);
    return name;
  }

  // Every field of Kafka's own message classes has a default; only what a caller cannot sensibly forget is insisted on.
  #encodeFallback(spec: FieldSpec, path: string): string {
    if (spec.type === 'struct' && spec.fallback === undefined && !this.#isTagged(spec))
      return `helpers.missing('${path}')`;
    return this.#fallback(spec);
  }

  #tagWriter(spec: FieldSpec, local: string, path: string): string {
    const fallback = this.#fallback(spec);
    let differs = `${local} !== ${fallback}`;
    if (spec.type === 'array' && spec.fallback === undefined) differs = `${local} === null || ${local}.length > 0`;
    if (spec.type === 'struct' && spec.fallback === undefined)
      differs = `JSON.stringify(${local}) !== JSON.stringify(${fallback})`;
    return `if (${differs}) { const t = new Writer(64); { const w = t; ${this.#writeValue(spec, local, path)} } tags.push({ tag: ${spec.tag}, data: helpers.concat(t.finish()) }); }`;
  }

  #writeValue(spec: FieldSpec, value: string, path: string): string {
    const compact = this.#isCompact(spec);
    const nullable = this.#isNullable(spec);
    const guard = nullable ? '' : `if (${value} === null) helpers.notNullable('${path}'); `;
    switch (spec.type) {
      case 'string':
        return `${guard}w.${compact ? 'compactString' : 'string'}(${value});`;
      case 'bytes':
      case 'records':
        return `${guard}w.${compact ? 'compactBytes' : 'nullableBytes'}(${value});`;
      case 'array': {
        const length = (n: string) => (compact ? `w.uvarint(${n} + 1)` : `w.int32(${n})`);
        const item = `e${this.#names++}`;
        const loop = `${length(`${value}.length`)}; for (const ${item} of ${value}) { ${this.#writeValue(spec.element!, item, `${path}[]`)} }`;
        return nullable ? `if (${value} === null) { ${length('-1')}; } else { ${loop} }` : `${guard}${loop}`;
      }
      case 'struct': {
        const write = `${this.structWriter(spec.fields ?? {}, path)}(w, ${value});`;
        return nullable
          ? `if (${value} === null) w.int8(${this.#isTagged(spec) ? 0 : -1}); else { w.int8(1); ${write} }`
          : `${guard}${write}`;
      }
      default:
        return `w.${spec.type}(${value});`;
    }
  }
}

// JSON that Kafka's scripts are given, with what they say of what they cannot use
// (org.apache.kafka.server.util.Json, JsonValue).
import { javaDoubleToString } from '../util/java-double.ts';
import { JsonDouble, parseJackson } from './jackson.ts';
import { JavaException } from './java-exception.ts';

const MAPPING = 'com.fasterxml.jackson.databind.JsonMappingException';
const PARSE = 'com.fasterxml.jackson.core.JsonParseException';
const NOTHING = "The input string shouldn't be empty\n at [Source: UNKNOWN; byte offset: #UNKNOWN]";

/** A value of a JSON document, whose methods fail as Jackson does where it is of another type. */
export class JsonNode {
  readonly #value: unknown;

  constructor(value: unknown) {
    this.#value = value;
  }

  /** undefined if `text` is no JSON. */
  static parse(text: string): JsonNode | undefined {
    try {
      return JsonNode.parseStrictly(text);
    } catch {
      return undefined;
    }
  }

  /** @throws JavaException that says where `text` is no JSON */
  static parseStrictly(text: string): JsonNode {
    if (text === '') throw new JavaException(PARSE, NOTHING);
    return new JsonNode(parseJackson(text));
  }

  /** A field of an object, undefined if it is not there. */
  get(name: string): JsonNode | undefined {
    const value = this.#value;
    const isObject = typeof value === 'object' && value !== null && !(value instanceof JsonDouble);
    if (!isObject || Array.isArray(value)) throw this.#expected('JSON object');
    return Object.hasOwn(value, name) ? new JsonNode((value as Record<string, unknown>)[name]) : undefined;
  }

  /** A field that must be there. */
  field(name: string): JsonNode {
    const found = this.get(name);
    if (found === undefined) throw new JavaException(MAPPING, `No such field exists: \`${name}\``);
    return found;
  }

  list(): JsonNode[] {
    if (!Array.isArray(this.#value)) throw this.#expected('JSON array');
    return this.#value.map((value) => new JsonNode(value));
  }

  text(): string {
    if (typeof this.#value !== 'string') throw this.#expected('`String` value');
    return this.#value;
  }

  int(): number {
    return this.#integer('Integer', 2 ** 31);
  }

  long(): number {
    return this.#integer('Long', 2 ** 63);
  }

  /** An integer that a double cannot hold becomes the nearest within the limits. */
  #integer(type: string, limit: number): number {
    const value = this.#value;
    if ((typeof value !== 'number' && typeof value !== 'bigint') || value < -limit || value >= limit)
      throw this.#expected(`\`${type}\` value`);
    return Math.min(Number(value), limit * (1 - Number.EPSILON / 2));
  }

  #expected(what: string): JavaException {
    return new JavaException(MAPPING, `Expected ${what}, received ${treeText(this.#value)}`);
  }
}

/** A value as Jackson prints its tree. */
function treeText(value: unknown): string {
  if (value instanceof JsonDouble) return javaDoubleToString(value.value);
  if (Array.isArray(value)) return `[${value.map(treeText).join(',')}]`;
  if (typeof value !== 'object' || value === null)
    return typeof value === 'string' ? JSON.stringify(value) : String(value ?? (value === null ? null : ''));
  return `{${Object.entries(value)
    .map(([name, one]) => `${JSON.stringify(name)}:${treeText(one)}`)
    .join(',')}}`;
}

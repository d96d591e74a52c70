// The events that the verifiable tools print, one JSON object to a line, as Kafka's system tests read them.

import { javaDoubleToString } from '../../util/java-double.ts';

/** A number that Java holds as a double: `2.0`, not `2`. */
export class JavaDouble {
  readonly value: number;

  constructor(value: number) {
    this.value = value;
  }
}

export type Fields = Readonly<Record<string, unknown>>;

/** Writes events: the time and the name first. */
export class Events {
  readonly #print: (line: string) => void;
  readonly #nowMs: () => number;

  constructor(print: (line: string) => void, nowMs: () => number) {
    this.#print = print;
    this.#nowMs = nowMs;
  }

  write(name: string, fields: Fields = {}): void {
    const members = Object.entries({ timestamp: this.#nowMs(), name, ...fields }).filter(
      ([, value]) => value !== undefined,
    );
    this.#print(`{${members.map(([key, value]) => `${JSON.stringify(key)}:${jsonOf(value)}`).join(',')}}`);
  }
}

const jsonOf = (value: unknown): string =>
  value instanceof JavaDouble ? javaDoubleToString(value.value) : JSON.stringify(value);

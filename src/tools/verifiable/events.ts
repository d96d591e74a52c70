// The events that the verifiable tools print, one JSON object to a line, as Kafka's system tests read them.

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
    this.#print(JSON.stringify({ timestamp: this.#nowMs(), name, ...fields }));
  }
}

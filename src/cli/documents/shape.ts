/**
 * What a JSON document looks like, in a notation that people read as well: `{topic: string, leader: number|null}`,
 * `[string]` for a list of any length, `name?` for what may be missing, `{*: string}` for any names, `'a'|'b'` for these texts.
 */
export interface Shape {
  /** `string`, `number`, `boolean`, `null`, and texts in quotes. */
  readonly kinds: readonly string[];
  /** What a list has, where it may be one. */
  readonly list?: Shape;
  /** What an object has, where it may be one of fixed names. */
  readonly fields?: readonly Field[];
  /** What all values of an object of any names are. */
  readonly values?: Shape;
}

export interface Field {
  readonly name: string;
  readonly optional: boolean;
  readonly shape: Shape;
}

const TOKEN = /\s*('[^']*'|[A-Za-z][\w-]*\??|[[\]{}:,|*])/y;

/** Reads the notation. @throws Error where it is none */
export function parseShape(notation: string): Shape {
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  for (let end = 0; end < notation.trimEnd().length; end = TOKEN.lastIndex) {
    const found = TOKEN.exec(notation);
    if (!found) throw new Error(`no shape from character ${end} on: ${notation}`);
    tokens.push(found[1]!);
  }
  const reader = new Reader(tokens);
  const shape = reader.shape();
  if (!reader.isAtEnd) throw new Error(`more than a shape: ${notation}`);
  return shape;
}

class Reader {
  readonly #tokens: readonly string[];
  #at = 0;

  constructor(tokens: readonly string[]) {
    this.#tokens = tokens;
  }

  get isAtEnd(): boolean {
    return this.#at === this.#tokens.length;
  }

  shape(): Shape {
    let shape: Shape = { kinds: [] };
    do shape = { ...shape, ...this.#one(shape.kinds) };
    while (this.#skip('|'));
    return shape;
  }

  #one(kinds: readonly string[]): Shape {
    if (this.#skip('[')) {
      const list = this.shape();
      this.#expect(']');
      return { kinds, list };
    }
    if (!this.#skip('{')) return { kinds: [...kinds, this.#next()] };
    if (this.#skip('*')) {
      this.#expect(':');
      const values = this.shape();
      this.#expect('}');
      return { kinds, values };
    }
    const fields: Field[] = [];
    do fields.push(this.#field());
    while (this.#skip(','));
    this.#expect('}');
    return { kinds, fields };
  }

  #field(): Field {
    const word = this.#next();
    this.#expect(':');
    return { name: word.replace('?', ''), optional: word.endsWith('?'), shape: this.shape() };
  }

  #next(): string {
    const token = this.#tokens[this.#at++];
    if (token === undefined) throw new Error(`a shape ends early: ${this.#tokens.join(' ')}`);
    return token;
  }

  #skip(token: string): boolean {
    if (this.#tokens[this.#at] !== token) return false;
    this.#at++;
    return true;
  }

  #expect(token: string): void {
    const found = this.#next();
    if (found !== token) throw new Error(`${found} in place of ${token}: ${this.#tokens.join(' ')}`);
  }
}

import { CLASSES, literal } from './characters.ts';
import { parseClass, parseNamedClass } from './class-parser.ts';
import { Cursor } from './cursor.ts';

const LINE_ENDS = String.raw`\n\r\x85\u2028\u2029`;

/** Escapes that are neither a character nor a class. */
const ANCHORS: Readonly<Record<string, string>> = {
  b: '\\b',
  B: '\\B',
  A: '^',
  G: '^',
  z: '$',
  Z: `(?=[${LINE_ENDS}]?$)`,
  R: `(?:\\r\\n|${CLASSES['v']})`,
  X: '[^]',
};

/** Rewrites one pattern of Java. Groups get names, since those that stand in for atomic groups would shift the numbers. */
export class PatternParser {
  readonly #at: Cursor;
  readonly #names = new Set<string>();
  #flags = new Set<string>();
  #groups = 0;
  #atomics = 0;

  constructor(pattern: string) {
    this.#at = new Cursor(pattern);
  }

  /** @throws SyntaxError */
  parse(): string {
    const source = this.#alternatives();
    if (this.#at.peek() !== undefined) throw new SyntaxError("Unmatched closing ')'");
    return source;
  }

  #alternatives(): string {
    const flags = new Set(this.#flags);
    const sources = [this.#sequence()];
    while (this.#at.takes('|')) sources.push(this.#sequence());
    this.#flags = flags;
    return sources.join('|');
  }

  #sequence(): string {
    let source = '';
    for (;;) {
      const char = this.#at.peek();
      if (char === undefined || char === '|' || char === ')') return source;
      if (this.#flags.has('x') && this.#at.match(/^(?:\s|#.*)/)) continue;
      source += this.#quantified(this.#atom());
    }
  }

  #atom(): string {
    const at = this.#at;
    const char = at.peek()!;
    if ('*+?'.includes(char)) throw new SyntaxError(`Dangling meta character '${char}'`);
    if (char === '{') return '(?:)';
    at.next();
    if (char === '(') return this.#group();
    if (char === '[') return parseClass(at, this.#flags.has('i'));
    if (char === '\\') return this.#escape();
    if (char === '.') return this.#flags.has('s') ? '[^]' : `[^${LINE_ENDS}]`;
    if (char === '^') return this.#flags.has('m') ? `(?<![^${LINE_ENDS}])` : '^';
    if (char === '$') return this.#flags.has('m') ? `(?![^${LINE_ENDS}])` : ANCHORS['Z']!;
    return this.#literal(char.codePointAt(0)!);
  }

  #literal(codePoint: number): string {
    const char = String.fromCodePoint(codePoint);
    if (this.#flags.has('i') && /[a-zA-Z]/.test(char)) return `[${char.toLowerCase()}${char.toUpperCase()}]`;
    return literal(codePoint);
  }

  #escape(): string {
    const at = this.#at;
    const named = parseNamedClass(at);
    if (named !== undefined) return named;
    const codePoint = at.escapedCharacter();
    if (codePoint !== undefined) return this.#literal(codePoint);
    const letter = at.next()!;
    if (Object.hasOwn(ANCHORS, letter)) return ANCHORS[letter]!;
    if (letter === 'k') {
      const name = at.match(/^<([a-zA-Z][a-zA-Z0-9]*)>/)?.[1];
      if (name === undefined || !this.#names.has(name)) throw new SyntaxError('named capturing group does not exist');
      return `\\k<n_${name}>`;
    }
    if (!/[1-9]/.test(letter)) throw new SyntaxError('Illegal/unsupported escape sequence');
    return this.#reference(letter);
  }

  /** More digits belong to the number as long as there is such a group; one that does not exist matches nothing. */
  #reference(first: string): string {
    let number = Number(first);
    for (;;) {
      const digit = this.#at.peek();
      if (digit === undefined || !/\d/.test(digit) || number * 10 + Number(digit) > this.#groups) break;
      number = number * 10 + Number(this.#at.next());
    }
    return number > this.#groups ? '(?!)' : `(?:${this.#referred(number)})`;
  }

  readonly #labels: string[] = [];
  #referred(number: number): string {
    return `\\k<${this.#labels[number - 1]}>`;
  }

  #group(): string {
    const at = this.#at;
    if (!at.takes('?')) return this.#capture(`g_${this.#groups + 1}`);
    for (const kind of [':', '=', '!', '<=', '<!']) if (at.takes(kind)) return `(?${kind}${this.#body()})`;
    if (at.takes('>')) return this.#atomic(this.#body());
    const name = at.match(/^<([a-zA-Z][a-zA-Z0-9]*)>/)?.[1];
    if (name !== undefined) {
      if (this.#names.has(name)) throw new SyntaxError(`Named capturing group <${name}> is already defined`);
      this.#names.add(name);
      return this.#capture(`n_${name}`);
    }
    return this.#flagGroup();
  }

  #capture(label: string): string {
    this.#groups++;
    this.#labels.push(label);
    return `(?<${label}>${this.#body()})`;
  }

  #body(): string {
    const source = this.#alternatives();
    if (!this.#at.takes(')')) throw new SyntaxError('Unclosed group');
    return source;
  }

  #atomic(source: string): string {
    const label = `a_${++this.#atomics}`;
    return `(?:(?=(?<${label}>${source}))\\k<${label}>)`;
  }

  /** Flags for the rest of the group, or for a group of their own. */
  #flagGroup(): string {
    const found = this.#at.match(/^([idmsuxU]*)(?:-([idmsuxU]*))?([:)])/);
    if (!found) throw new SyntaxError('Unknown inline modifier');
    const [, on = '', off = '', end] = found;
    const before = this.#flags;
    this.#flags = new Set([...before, ...on].filter((flag) => !off.includes(flag)));
    if (end === ')') return '';
    const source = `(?:${this.#body()})`;
    this.#flags = before;
    return source;
  }

  #quantified(atom: string): string {
    const quantifier = this.#quantifier();
    if (quantifier === '') return atom;
    if (this.#at.takes('?')) return `(?:${atom})${quantifier}?`;
    const greedy = `(?:${atom})${quantifier}`;
    return this.#at.takes('+') ? this.#atomic(greedy) : greedy;
  }

  #quantifier(): string {
    const at = this.#at;
    for (const sign of ['*', '+', '?']) if (at.takes(sign)) return sign;
    if (at.peek() !== '{') return '';
    const found = at.match(/^\{(\d+)(?:(,)(\d*))?\}/);
    if (!found) throw new SyntaxError(/\d/.test(at.peek(1) ?? '') ? 'Unclosed counted closure' : 'Illegal repetition');
    const [, least, , most] = found;
    if (most && Number(most) < Number(least)) throw new SyntaxError('Illegal repetition range');
    return found[0];
  }
}

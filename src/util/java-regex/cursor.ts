import { CONTROLS } from './characters.ts';

/** A place in a pattern; characters are code points. */
export class Cursor {
  readonly #chars: readonly string[];
  #at = 0;

  constructor(pattern: string) {
    this.#chars = [...pattern];
  }

  /** The character here, or `ahead` further on; undefined behind the end. */
  peek(ahead = 0): string | undefined {
    return this.#chars[this.#at + ahead];
  }

  next(): string | undefined {
    return this.#chars[this.#at++];
  }

  /** Goes on behind `text` if it is here. */
  takes(text: string): boolean {
    const here = this.#chars.slice(this.#at, this.#at + text.length).join('') === text;
    if (here) this.#at += text.length;
    return here;
  }

  /** Goes on behind what `regex` (which begins with ^) finds here. */
  match(regex: RegExp): RegExpExecArray | undefined {
    const found = regex.exec(this.#chars.slice(this.#at).join('')) ?? undefined;
    if (found) this.#at += [...found[0]].length;
    return found;
  }

  /**
   * The character that an escape stands for, behind its backslash; undefined if it is another kind of escape.
   * @throws SyntaxError
   */
  escapedCharacter(): number | undefined {
    const numbered =
      this.match(/^x([0-9a-fA-F]{2})/) ?? this.match(/^x\{([0-9a-fA-F]+)\}/) ?? this.match(/^u([0-9a-fA-F]{4})/);
    if (numbered) return Number.parseInt(numbered[1]!, 16);
    const octal = this.match(/^0([0-3]?[0-7]{1,2})/);
    if (octal) return Number.parseInt(octal[1]!, 8);
    const control = this.match(/^c([\s\S])/u);
    if (control) return control[1]!.codePointAt(0)! ^ 64;
    const char = this.peek();
    if (char === undefined) throw new SyntaxError('Unexpected internal error');
    if (Object.hasOwn(CONTROLS, char)) return CONTROLS[this.next()!];
    if (/[a-zA-Z0-9]/.test(char)) return undefined;
    return this.next()!.codePointAt(0);
  }
}

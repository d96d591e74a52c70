import { CLASSES, literal, property } from './characters.ts';
import type { Cursor } from './cursor.ts';

/**
 * A class in brackets, from behind its `[` to behind its `]`. Java's unions and intersections become those of RegExp, which wants
 * each side of `&&` in brackets of its own.
 * @throws SyntaxError
 */
export function parseClass(at: Cursor, ignoreCase: boolean): string {
  const negated = at.takes('^');
  const sides: string[] = [];
  let side = '';
  let empty = true;
  for (;;) {
    const char = at.peek();
    if (char === undefined) throw new SyntaxError('Unclosed character class');
    if (char === ']' && !empty) break;
    if (at.takes('&&')) {
      while (at.takes('&'));
      sides.push(side);
      side = '';
    } else {
      side += parseItem(at, ignoreCase);
      empty = false;
    }
  }
  at.next();
  const all = [...sides, side].filter((one) => one !== '');
  return `[${negated ? '^' : ''}${all.map((one) => `[${one}]`).join('&&')}]`;
}

function parseItem(at: Cursor, ignoreCase: boolean): string {
  if (at.takes('[')) return parseClass(at, ignoreCase);
  const named = at.peek() === '\\' ? parseNamedClass(at, 1) : undefined;
  if (named !== undefined) return named;
  const first = parseCharacter(at);
  const following = at.peek(1);
  if (at.peek() !== '-' || following === undefined || following === ']' || following === '[')
    return cased(first, first, ignoreCase);
  at.next();
  const last = parseCharacter(at);
  if (last < first) throw new SyntaxError('Illegal character range');
  return cased(first, last, ignoreCase);
}

/** The class that an escape names, behind its backslash (`skip` characters further on); undefined if it is none. */
export function parseNamedClass(at: Cursor, skip = 0): string | undefined {
  const letter = at.peek(skip);
  if (letter === undefined) return undefined;
  if (Object.hasOwn(CLASSES, letter)) {
    for (let i = 0; i <= skip; i++) at.next();
    return CLASSES[letter];
  }
  if (letter !== 'p' && letter !== 'P') return undefined;
  for (let i = 0; i <= skip; i++) at.next();
  const name = at.match(/^\{([^}]+)\}/)?.[1] ?? at.next();
  if (name === undefined || name === '{') throw new SyntaxError('Unclosed character family');
  return letter === 'p' ? property(name) : `[^${property(name)}]`;
}

function parseCharacter(at: Cursor): number {
  if (!at.takes('\\')) return at.next()!.codePointAt(0)!;
  const char = at.escapedCharacter();
  if (char === undefined) throw new SyntaxError('Illegal/unsupported escape sequence');
  return char;
}

/** A range, with the other case of its ASCII letters if case does not count. */
function cased(first: number, last: number, ignoreCase: boolean): string {
  const range = (from: number, to: number) => (from === to ? literal(from) : `${literal(from)}-${literal(to)}`);
  const shifted = (a: string, z: string, by: number) => {
    const [from, to] = [Math.max(first, a.charCodeAt(0)), Math.min(last, z.charCodeAt(0))];
    return ignoreCase && from <= to ? range(from + by, to + by) : '';
  };
  return range(first, last) + shifted('a', 'z', -32) + shifted('A', 'Z', 32);
}

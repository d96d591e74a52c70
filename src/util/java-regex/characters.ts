// Single characters and classes of characters that have a letter or a name, from Java's form to that of RegExp with `v`.

/** A character as both regular expressions have it, whatever it means otherwise. */
export const hex = (char: string): string => `\\x{${char.codePointAt(0)!.toString(16)}}`;

/** A character in RegExp's form. */
export const literal = (codePoint: number): string =>
  /[a-zA-Z0-9]/.test(String.fromCodePoint(codePoint))
    ? String.fromCodePoint(codePoint)
    : `\\u{${codePoint.toString(16)}}`;

/** Escapes that stand for one character. */
export const CONTROLS: Readonly<Record<string, number>> = { t: 9, n: 10, r: 13, f: 12, a: 7, e: 27 };

const HORIZONTAL = String.raw`[\t \xA0\u1680\u180e\u2000-\u200a\u202f\u205f\u3000]`;
const VERTICAL = String.raw`[\n\x0B\f\r\x85\u2028\u2029]`;
const negated = (set: string): string => `[^${set}]`;

/** Escapes that stand for any of several characters. Java's \s knows ASCII only. */
export const CLASSES: Readonly<Record<string, string>> = {
  d: '\\d',
  D: '\\D',
  w: '\\w',
  W: '\\W',
  s: String.raw`[ \t\n\x0B\f\r]`,
  S: String.raw`[^ \t\n\x0B\f\r]`,
  h: HORIZONTAL,
  H: negated(HORIZONTAL),
  v: VERTICAL,
  V: negated(VERTICAL),
};

const PUNCTUATION = String.raw`[\x21-\x2f\x3a-\x40\x5b-\x60\x7b-\x7e]`;

/** Names that java.util.regex has besides those of Unicode. */
const NAMED: Readonly<Record<string, string>> = {
  Lower: '[a-z]',
  Upper: '[A-Z]',
  ASCII: '[\\x00-\\x7f]',
  Alpha: '[a-zA-Z]',
  Digit: '[0-9]',
  Alnum: '[a-zA-Z0-9]',
  Punct: PUNCTUATION,
  Graph: '[\\x21-\\x7e]',
  Print: '[\\x20-\\x7e]',
  Blank: '[ \\t]',
  Cntrl: '[\\x00-\\x1f\\x7f]',
  XDigit: '[0-9a-fA-F]',
  Space: CLASSES['s']!,
  javaLowerCase: '\\p{Lowercase}',
  javaUpperCase: '\\p{Uppercase}',
  javaWhitespace: '\\p{White_Space}',
  javaLetter: '\\p{L}',
  javaDigit: '\\p{Nd}',
  javaLetterOrDigit: '[\\p{L}\\p{Nd}]',
  L1: '[\\x00-\\xff]',
  LD: '[\\p{L}\\p{Nd}]',
  LC: '[\\p{Lu}\\p{Ll}\\p{Lt}]',
  all: '[^]',
};

/**
 * The class of a name between braces: `Lower`, `Lu`, `IsLatin`, `script=Greek`, `gc=Sc`.
 * @throws SyntaxError for a name that Java does not know either
 */
export function property(name: string): string {
  if (Object.hasOwn(NAMED, name)) return NAMED[name]!;
  const [, key, value] = /^(\w+)=(\w+)$/.exec(name) ?? [];
  if (key !== undefined) return known(/^(sc|script)$/i.test(key) ? `Script=${value}` : `gc=${value}`);
  const bare = /^Is(\w+)$/.exec(name)?.[1];
  if (bare === undefined) return known(`gc=${name}`);
  return [`${bare}`, `Script=${bare}`, `gc=${bare}`].map(tried).find((one) => one !== undefined) ?? known(bare);
}

function known(name: string): string {
  const found = tried(name);
  if (found === undefined) throw new SyntaxError(`Unknown character property name {${name}}`);
  return found;
}

function tried(name: string): string | undefined {
  try {
    new RegExp(`\\p{${name}}`, 'v');
    return `\\p{${name}}`;
  } catch {
    return undefined;
  }
}

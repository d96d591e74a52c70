// The words of a JAAS configuration, as java.io.StreamTokenizer cuts them in Kafka's JaasConfig and Java's ConfigFile: words
// of letters, digits and - _ $ . (not beginning with a digit or a dot), strings in single or double quotes with Java's
// escapes, comments of three kinds, and single characters.

export interface JaasToken {
  readonly kind: 'word' | 'string' | 'number' | 'symbol';
  readonly text: string;
  readonly line: number;
}

const ESCAPES: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};

const BLANK = /[\0- ]+/y;
const COMMENT = /\/\*[\s\S]*?(?:\*\/|$)|\/[^\r\n]*/y;
const STRING = /(["'])((?:\\[\s\S]|(?!\1)[^\\\r\n])*)(?:\1|(?=[\r\n])|$)/y;
const NUMBER = /-?(?:\d+\.?\d*|\.\d+)/y;
const WORD = /[A-Za-z_$\x80-\uffff][A-Za-z0-9_$.\x80-\uffff-]*/y;

/** @param extraWordCharacter one more that words may have: `*` in files */
export function jaasTokens(text: string, extraWordCharacter?: '*'): JaasToken[] {
  const word = extraWordCharacter ? /[A-Za-z_$*\x80-\uffff][A-Za-z0-9_$*.\x80-\uffff-]*/y : WORD;
  const tokens: JaasToken[] = [];
  let line = 1;
  for (let at = 0; at < text.length; ) {
    const match = (pattern: RegExp) => {
      pattern.lastIndex = at;
      return pattern.exec(text);
    };
    const skipped = match(BLANK) ?? match(COMMENT);
    const found = skipped ?? match(STRING) ?? match(NUMBER) ?? match(word);
    const length = found?.[0].length || 1;
    if (!skipped) tokens.push({ ...tokenOf(found, text[at]!), line });
    line += text.slice(at, at + length).split('\n').length - 1;
    at += length;
  }
  return tokens;
}

function tokenOf(found: RegExpExecArray | null, character: string): Omit<JaasToken, 'line'> {
  if (found === null) return { kind: 'symbol', text: character };
  if (found[1] !== undefined) return { kind: 'string', text: unescaped(found[2]!) };
  return { kind: /^[-.\d]/.test(found[0]) ? 'number' : 'word', text: found[0] };
}

function unescaped(text: string): string {
  return text.replace(/\\([0-3][0-7]{0,2}|[4-7][0-7]?|[\s\S])/g, (_, escaped: string) => {
    if (/^[0-7]/.test(escaped)) return String.fromCharCode(Number.parseInt(escaped, 8));
    return ESCAPES[escaped] ?? escaped;
  });
}

// Java's .properties files (java.util.Properties.load) and key=value words of a command line.

const ESCAPES: Readonly<Record<string, string>> = { t: '\t', n: '\n', r: '\r', f: '\f' };

/**
 * The keys and values of a .properties text, in order of first appearance; of a repeated key the last value counts.
 * Follows java.util.Properties: comments begin with # or !, `=`, `:` or blanks separate, a backslash at the end of a line
 * joins the next one, \t \n \r \f and \uXXXX are characters, any other escaped character stands for itself.
 * @throws Error `Malformed \uxxxx encoding.` as Java has it
 */
export function parseProperties(text: string): Map<string, string> {
  const properties = new Map<string, string>();
  for (const line of logicalLines(text)) {
    const end = endOfKey(line);
    const value = line.slice(end).replace(/^[ \t\f]*[=:]?[ \t\f]*/, '');
    properties.set(unescaped(line.slice(0, end)), unescaped(value));
  }
  return properties;
}

/** Lines without comments and blank ones, continuations joined (without the blanks that begin them). */
function* logicalLines(text: string): Generator<string> {
  let joined: string | undefined;
  for (const line of text.split(/\r\n|\n|\r/)) {
    const content = line.replace(/^[ \t\f]+/, '');
    if (joined === undefined && (content === '' || content.startsWith('#') || content.startsWith('!'))) continue;
    const whole: string = (joined ?? '') + content;
    const continues = endsWithOddBackslashes(content);
    joined = continues ? whole.slice(0, -1) : undefined;
    if (!continues) yield whole;
  }
  if (joined !== undefined && joined !== '') yield joined;
}

function endsWithOddBackslashes(line: string): boolean {
  const backslashes = /\\*$/.exec(line)?.[0].length ?? 0;
  return backslashes % 2 === 1;
}

/** The index of the first separator that no backslash precedes. */
function endOfKey(line: string): number {
  for (let i = 0; i < line.length; i++) {
    if (line[i] === '\\') i++;
    else if (/[=: \t\f]/.test(line[i] ?? '')) return i;
  }
  return line.length;
}

function unescaped(text: string): string {
  return text.replace(/\\(u[0-9a-fA-F]{4}|[\s\S])|\\$/g, (_, escaped: string | undefined) => {
    if (escaped === undefined) return '';
    if (escaped === 'u') throw new Error('Malformed \\uxxxx encoding.');
    if (escaped.length > 1) return String.fromCharCode(Number.parseInt(escaped.slice(1), 16));
    return ESCAPES[escaped] ?? escaped;
  });
}

/**
 * `key=value` words, as given to --override and --command-property; the first `=` separates, blanks around key and value
 * are dropped, the last value of a repeated key counts.
 * @throws Error naming a word without `=` or without a key
 */
export function parseKeyValues(words: Iterable<string>): Map<string, string> {
  const properties = new Map<string, string>();
  for (const word of words) {
    const at = word.indexOf('=');
    if (at < 1) throw new Error(`Invalid property '${word}': key=value expected`);
    properties.set(word.slice(0, at).trim(), word.slice(at + 1).trim());
  }
  return properties;
}

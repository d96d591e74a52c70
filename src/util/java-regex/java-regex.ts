// Regular expressions of java.util.regex.Pattern: names of topics, separators.
import { hex } from './characters.ts';
import { mistakeText } from './mistakes.ts';
import { PatternParser } from './pattern-parser.ts';

/**
 * A pattern of Java as a RegExp that finds what Java's finds. Flags within it, possessive quantifiers, atomic groups, quotes
 * (`\Q…\E`), classes with unions and intersections, and names of properties are Java's; numbers of groups are not. What a
 * look-behind may hold is not checked, nor are the rarest escapes (`\N{…}`, `\b{g}`) understood.
 * @throws SyntaxError for what Java refuses, with the text of its PatternSyntaxException
 */
export function javaRegex(pattern: string): RegExp {
  return new RegExp(sourceOf(pattern), 'v');
}

/** The same for whole texts (Pattern.matches). @throws SyntaxError */
export function wholeJavaRegex(pattern: string): RegExp {
  return new RegExp(`^(?:${sourceOf(pattern)})$`, 'v');
}

/** Pattern.split: empty parts at the end are dropped, unless the separator is nowhere; groups in it are no parts. */
export function splitLikeJava(text: string, separator: RegExp): string[] {
  const parts: string[] = [];
  let from = 0;
  for (const found of text.matchAll(new RegExp(separator, 'gv'))) {
    const end = found.index + found[0].length;
    if (end === 0) continue;
    parts.push(text.slice(from, found.index));
    from = end;
  }
  if (parts.length === 0) return [text];
  parts.push(text.slice(from));
  while (parts.at(-1) === '') parts.pop();
  return parts;
}

function sourceOf(pattern: string): string {
  try {
    return new PatternParser(unquoted(pattern)).parse();
  } catch (error) {
    throw new SyntaxError(mistakeText(pattern, (error as Error).message));
  }
}

/** What stands between \Q and \E, character by character; without \E it goes to the end. */
function unquoted(pattern: string): string {
  return pattern.replace(/\\Q([\s\S]*?)(?:\\E|$)|\\[\s\S]/g, (found, quoted?: string) =>
    quoted === undefined ? found : [...quoted].map(hex).join(''),
  );
}

// Regular expressions of java.util.regex.Pattern: what Kafka's scripts take for names of topics.
import { hex } from './characters.ts';
import { PatternParser } from './pattern-parser.ts';

/**
 * A pattern of Java as a RegExp that matches the whole texts that Pattern.matches does. Flags within it, possessive quantifiers, atomic groups, quotes
 * (`\Q…\E`), classes with unions and intersections, and names of properties are Java's. What a look-behind may hold is not
 * checked, nor are the rarest escapes (`\N{…}`, `\b{g}`) understood.
 * @throws SyntaxError for what Java refuses
 */
export function javaRegex(pattern: string): RegExp {
  const source = new PatternParser(unquoted(pattern)).parse();
  return new RegExp(`^(?:${source})$`, 'v');
}

/** What stands between \Q and \E, character by character; without \E it goes to the end. */
function unquoted(pattern: string): string {
  return pattern.replace(/\\Q([\s\S]*?)(?:\\E|$)|\\[\s\S]/g, (found, quoted?: string) =>
    quoted === undefined ? found : [...quoted].map(hex).join(''),
  );
}

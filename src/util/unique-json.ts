// JSON in which no object has a name twice. Parsers disagree on which of two values counts, and what one checks another would
// use.

const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\]:,]/g;

/**
 * JSON.parse for text of others.
 * @throws SyntaxError also where an object has a name twice
 */
export function parseUniqueJson(text: string): unknown {
  const value: unknown = JSON.parse(text);
  /** Of each object and list around: the names so far, undefined for a list. */
  const names: (Set<string> | undefined)[] = [];
  let isName = false;
  for (const [token] of text.matchAll(TOKEN)) {
    const here = names.at(-1);
    if (isName && here !== undefined && token.startsWith('"')) {
      const name = JSON.parse(token) as string;
      if (here.has(name)) throw new SyntaxError('a name is there twice');
      here.add(name);
    }
    if (token === '{' || token === '[') names.push(token === '{' ? new Set() : undefined);
    if (token === '}' || token === ']') names.pop();
    isName = token === '{' || token === ',';
  }
  return value;
}

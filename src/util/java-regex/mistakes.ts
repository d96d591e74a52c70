/**
 * What PatternSyntaxException says of a pattern: the reason, the place, the pattern, and a mark below the place.
 * @param otherwise the reason where it is none of the usual mistakes
 */
export function mistakeText(pattern: string, otherwise: string): string {
  const { reason, at } = mistakeIn(pattern) ?? { reason: otherwise, at: -1 };
  const place = at >= 0 ? ` near index ${at}` : '';
  const mark = at >= 0 && at < pattern.length ? `\n${' '.repeat(at)}^` : '';
  return `${reason}${place}\n${pattern}${mark}`;
}

/** The first mistake, and the index that Java names for it. */
function mistakeIn(pattern: string): { readonly reason: string; readonly at: number } | undefined {
  let open = 0;
  let canRepeat = false;
  for (let i = 0; i < pattern.length; i++) {
    const char = pattern[i]!;
    if (char === '\\') {
      if (++i === pattern.length) return { reason: 'Unescaped trailing backslash', at: i };
    } else if (char === '[') {
      const end = classEnd(pattern, i);
      if (end === undefined) return { reason: 'Unclosed character class', at: pattern.length - 1 };
      i = end;
    } else if (char === '(') open++;
    else if (char === ')' && open-- === 0) return { reason: "Unmatched closing ')'", at: i - 1 };
    else if ('*+?'.includes(char) && !canRepeat && !(char === '?' && pattern[i - 1] === '('))
      return { reason: `Dangling meta character '${char}'`, at: i };
    canRepeat = !'(|^'.includes(char);
  }
  return open > 0 ? { reason: 'Unclosed group', at: pattern.length } : undefined;
}

/** A bracket right behind the opening one, or behind its `^`, is a character of the class. */
function classEnd(pattern: string, start: number): number | undefined {
  const first = pattern[start + 1] === '^' ? start + 2 : start + 1;
  for (let i = first; i < pattern.length; i++) {
    if (pattern[i] === '\\') i++;
    else if (pattern[i] === ']' && i > first) return i;
  }
  return undefined;
}

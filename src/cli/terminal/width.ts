// Columns of text on a terminal: CJK and emoji take two, combining marks and escape sequences none.
const ESCAPE = '\\u001b\\[[0-9;?]*[A-Za-z]';
// Made when the first text needs it: most are ASCII, and a short command starts without it.
let segmenter: Intl.Segmenter | undefined;
const segments = (text: string): Intl.Segments => {
  segmenter ??= new Intl.Segmenter(undefined, { granularity: 'grapheme' });
  return segmenter.segment(text);
};
const WIDE =
  /^(?:\p{Emoji_Presentation}|\p{Extended_Pictographic}\ufe0f|[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|[\u{1f1e6}-\u{1f1ff}]{2}|[\u{20000}-\u{3fffd}])/u;
const NONE = /^[\p{Cc}\p{Mn}\p{Me}\p{Cf}]+$/u;

const widthOf = (grapheme: string): number => (NONE.test(grapheme) ? 0 : WIDE.test(grapheme) ? 2 : 1);

/** How many columns a text takes. */
export function columnsOf(text: string): number {
  if (/^[\x20-\x7e]*$/.test(text)) return text.length;
  let columns = 0;
  for (const part of text.split(new RegExp(ESCAPE)))
    for (const { segment } of segments(part)) columns += widthOf(segment);
  return columns;
}

/** A text in at most so many columns: what is too long ends with `…`. Escape sequences stay, also those behind the cut. */
export function cut(text: string, columns: number): string {
  if (columnsOf(text) <= columns) return text;
  let left = columns - 1;
  let kept = '';
  for (const part of text.split(new RegExp(`(${ESCAPE})`))) {
    if (new RegExp(ESCAPE).test(part)) kept += part;
    else
      for (const { segment } of left < 0 ? [] : segments(part)) {
        const width = widthOf(segment);
        if (width > left) {
          kept += left < 0 ? '' : '…';
          left = -1;
          break;
        }
        left -= width;
        kept += segment;
      }
  }
  return kept;
}

/** Lines broken at blanks to fit the columns. Longer words stay whole, so that what is to be copied can be. */
export function folded(text: string, columns: number): string {
  const fold = (line: string): string => {
    if (columnsOf(line) <= columns) return line;
    let used = 0;
    return line.replace(/(\s*)(\S+)/gu, (_, blanks: string, word: string) => {
      const width = columnsOf(word);
      const fits = used === 0 || used + blanks.length + width <= columns;
      used = fits ? used + blanks.length + width : width;
      return `${fits ? blanks : '\n'}${word}`;
    });
  };
  return text.split('\n').map(fold).join('\n');
}

/**
 * A text in lines of at most so many columns: broken at blanks, and within words that are longer than a line.
 * Without escape sequences; at least one line.
 */
export function wrap(text: string, columns: number): string[] {
  if (columnsOf(text) <= columns) return [text];
  const lines: string[] = [];
  let line = '';
  let used = 0;
  const feed = () => {
    lines.push(line.trimEnd());
    line = '';
    used = 0;
  };
  for (const word of text.match(/\s+|\S+/gu) ?? []) {
    const width = columnsOf(word);
    if (used + width > columns && used > 0) feed();
    if (/^\s/u.test(word) && used === 0 && lines.length > 0) continue;
    if (width <= columns) {
      line += word;
      used += width;
      continue;
    }
    for (const { segment } of segments(word)) {
      const more = widthOf(segment);
      if (used + more > columns && used > 0) feed();
      line += segment;
      used += more;
    }
  }
  if (line !== '' || lines.length === 0) feed();
  return lines;
}

/**
 * Wraps a text at `width` columns and stretches every line but the last to the full width, as argparse4j's error messages
 * are (TextHelper.wrap and adjustSpace). Line breaks are allowed where java.text.BreakIterator allows them in such texts.
 */
export function justify(text: string, width: number): string {
  const lines: string[] = [];
  let line = '';
  let used = 0;
  for (const piece of pieces(text)) {
    used += piece.length;
    if (used > width) {
      lines.push(stretch(line, width));
      line = '';
      used = piece.length;
    }
    line += piece;
  }
  return [...lines, line].join('\n');
}

/** The columns argparse4j formats for: those of the terminal ($COLUMNS, or 80) less a margin of 5. */
export const formatWidth = (columns: string | undefined): number => {
  const wanted = Number(columns);
  return (Number.isInteger(wanted) && wanted > 0 ? wanted : 80) - 5;
};

function* pieces(text: string): Generator<string> {
  let start = 0;
  for (let at = 1; at < text.length; at++) {
    if (!mayBreak(text, at)) continue;
    yield text.slice(start, at);
    start = at;
  }
  if (start < text.length) yield text.slice(start);
}

/** Whether a line may end before text[at]. */
function mayBreak(text: string, at: number): boolean {
  const before = text[at - 1]!;
  const after = text[at]!;
  if (after === ' ') return false;
  if (before === ' ') return true;
  if (before === '-')
    return /[\p{L}/).]/u.test(after) || (/\d/.test(after) && /[\p{L}\d_]-+$/u.test(text.slice(0, at)));
  if (before === ':') return /[\p{L}\d]/u.test(after);
  if (/[.,;!?%]/.test(before)) return /\p{L}/u.test(after);
  return /[)\]}]/.test(before) && /[([{/]/.test(after);
}

/** Spreads the missing columns over the gaps of a line, the odd ones over those in the middle. */
function stretch(line: string, width: number): string {
  const words = line.trim().split(/( +)/);
  const gaps = (words.length - 1) / 2;
  if (gaps === 0) return line.trim();
  const missing = width - line.trim().length;
  const each = Math.trunc(missing / gaps);
  const odd = missing % gaps;
  const first = Math.trunc((gaps - odd + 1) / 2);
  return words
    .map((word, i) => {
      const gap = (i - 1) / 2;
      if (i % 2 === 0) return word;
      return word + ' '.repeat(Math.max(0, each + (gap >= first && gap < first + odd ? 1 : 0)));
    })
    .join('');
}

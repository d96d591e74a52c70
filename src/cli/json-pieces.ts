/** About so many characters are written at once. */
const PIECE = 64 * 1024;

/**
 * A document as JSON.stringify(document, null, 2) has it, with a line feed: a long list comes in pieces, as it has no need to be
 * in memory as text, and may be longer than a string can be.
 */
export function* jsonPieces(document: unknown): Generator<string> {
  if (!Array.isArray(document) || document.length === 0) {
    yield `${JSON.stringify(document, null, 2)}\n`;
    return;
  }
  yield* inPieces(listLines(document));
}

function* listLines(list: readonly unknown[]): Generator<string> {
  for (const [i, each] of list.entries()) {
    // A line feed within a text is written as \n, so that every line begins where JSON.stringify makes one.
    const text = (JSON.stringify(each, null, 2) ?? 'null').replaceAll('\n', '\n  ');
    yield `${i === 0 ? '[' : ','}\n  ${text}`;
  }
  yield '\n]\n';
}

/** Puts short texts together. */
export function* inPieces(texts: Iterable<string>): Generator<string> {
  let piece = '';
  for (const text of texts) {
    piece += text;
    if (piece.length < PIECE) continue;
    yield piece;
    piece = '';
  }
  if (piece !== '') yield piece;
}

/** String.split: empty pieces at the end do not count, but a text without the separator is one piece, even if empty. */
export function javaSplit(text: string, separator: string | RegExp): string[] {
  const pieces = text.split(separator);
  while (pieces.length > 1 && pieces.at(-1) === '') pieces.pop();
  return pieces.length === 1 && pieces[0] === '' && text !== '' ? [] : pieces;
}

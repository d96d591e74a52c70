/** The one name on a command line; undefined if there is none. @throws Error on more */
export function optionalName(words: readonly string[]): string | undefined {
  if (words.length > 1) throw new Error(`One context at a time: ${words.join(', ')}`);
  return words[0];
}

/** @throws Error on none or more */
export function oneName(words: readonly string[]): string {
  const name = optionalName(words);
  if (name === undefined) throw new Error('Which context? Its name is missing');
  return name;
}

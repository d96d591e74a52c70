const MAX_LENGTH = 249;

/** Why a topic cannot have this name, in Kafka's words (Topic.validate); undefined if it can. */
export function whyInvalidTopicName(name: string): string | undefined {
  const reason = (what: string) => `Topic name is invalid: ${what}`;
  if (name === '') return reason('the empty string is not allowed');
  if (name === '.' || name === '..') return reason(`'${name}' is not allowed`);
  if (name.length > MAX_LENGTH)
    return reason(`the length of '${name}' is longer than the max allowed length ${MAX_LENGTH}`);
  if (!/^[a-zA-Z0-9._-]+$/.test(name))
    return reason(`'${name}' contains one or more characters other than ASCII alphanumerics, '.', '_' and '-'`);
  return undefined;
}

// System properties as Kafka's scripts hand them to Java: `-Dname=value` words in KAFKA_OPTS.

/** The words of an environment variable, which the shell would split at blanks; quotes hold words together. */
function wordsOf(text: string): string[] {
  const words = text.match(/(?:[^\s"']+|"[^"]*"|'[^']*')+/g) ?? [];
  return words.map((word) => word.replace(/"([^"]*)"|'([^']*)'/g, (_, double, single) => double ?? single));
}

/** A system property that KAFKA_OPTS gives; the last one counts. */
export function systemProperty(
  name: string,
  env: Readonly<Record<string, string | undefined>> = process.env,
): string | undefined {
  const prefix = `-D${name}=`;
  const word = wordsOf(env['KAFKA_OPTS'] ?? '').findLast((candidate) => candidate.startsWith(prefix));
  return word?.slice(prefix.length);
}

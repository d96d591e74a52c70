import { javaPattern } from '../java-pattern.ts';

/**
 * `--include`: a regular expression that the whole name of a topic must match.
 * @throws JavaException for a pattern that is none
 */
export function topicPattern(pattern: string): (topic: string) => boolean {
  const { source } = javaPattern(pattern);
  const regex = new RegExp(`^(?:${source})$`);
  return (topic) => regex.test(topic);
}

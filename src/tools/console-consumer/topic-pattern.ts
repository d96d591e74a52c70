import { wholeJavaPattern } from '../java-pattern.ts';

/**
 * `--include`: a regular expression that the whole name of a topic must match.
 * @throws JavaException for a pattern that is none
 */
export function topicPattern(pattern: string): (topic: string) => boolean {
  const regex = wholeJavaPattern(pattern);
  return (topic) => regex.test(topic);
}

import { JavaException } from '../java-exception.ts';

/**
 * `--include`: a regular expression that the whole name of a topic must match.
 * @throws JavaException for a pattern that is none
 */
export function topicPattern(pattern: string): (topic: string) => boolean {
  let regex: RegExp;
  try {
    regex = new RegExp(`^(?:${pattern})$`);
  } catch (error) {
    throw new JavaException('java.util.regex.PatternSyntaxException', (error as Error).message);
  }
  return (topic) => regex.test(topic);
}

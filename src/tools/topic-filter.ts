import { wholeJavaRegex } from '../util/java-regex/java-regex.ts';
import { JavaException } from './java-exception.ts';

/** The topics that Kafka itself keeps (org.apache.kafka.common.internals.Topic); `__cluster_metadata` is none of them. */
const INTERNAL_TOPICS = new Set(['__consumer_offsets', '__transaction_state', '__share_group_state']);

export const isInternalTopic = (topic: string): boolean => INTERNAL_TOPICS.has(topic);

/**
 * The topics a `--topic` argument stands for (TopicFilter.IncludeList): blanks and quotes around it do not count, a comma
 * separates alternatives, each a regular expression that the whole name must match.
 * @throws JavaException with Kafka's text for a pattern that is no regular expression
 */
export function includeList(argument: string): (topic: string) => boolean {
  const pattern = argument
    .trim()
    .replaceAll(',', '|')
    .replaceAll(' ', '')
    .replace(/^["']+/, '')
    .replace(/["']+$/, '');
  let regex: RegExp;
  try {
    regex = wholeJavaRegex(pattern);
  } catch {
    throw new JavaException('java.lang.RuntimeException', `${pattern} is an invalid regex.`);
  }
  return (topic) => regex.test(topic);
}

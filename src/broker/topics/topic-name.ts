import { ErrorCode, KafkaError } from '../../protocol/errors.ts';
import { whyInvalidTopicName } from '../../util/topic-name.ts';

/** @throws KafkaError INVALID_TOPIC_EXCEPTION */
export function checkTopicName(name: string): void {
  const why = whyInvalidTopicName(name);
  if (why !== undefined) throw new KafkaError(ErrorCode.INVALID_TOPIC_EXCEPTION, why);
}

/** Metric names cannot tell '.' from '_', so two topics may not differ in these alone (Topic.hasCollision). */
export function collides(a: string, b: string): boolean {
  return withoutPeriods(a) === withoutPeriods(b);
}

function withoutPeriods(name: string): string {
  return name.replaceAll('.', '_');
}

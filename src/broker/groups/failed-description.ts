import type { KafkaError } from '../../protocol/errors.ts';

/** What ConsumerGroupDescribe and ShareGroupDescribe answer for a group that cannot be described. */
export function failedDescription(groupId: string, { code, message }: KafkaError) {
  const nothing = { groupState: '', groupEpoch: 0, assignmentEpoch: 0, assignorName: '', members: [] };
  return { errorCode: code, errorMessage: message, groupId, ...nothing };
}

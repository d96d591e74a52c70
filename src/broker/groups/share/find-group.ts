import { ErrorCode, KafkaError } from '../../../protocol/errors.ts';
import type { ShareContext } from './context.ts';
import { ShareGroup } from './share-group.ts';

/** @throws KafkaError GROUP_ID_NOT_FOUND if there is no group of that name, or one of another kind */
export function existingGroup(
  context: ShareContext,
  groupId: string,
  missing = `Group ${groupId} not found.`,
): ShareGroup {
  const group = context.groups.get(groupId);
  if (group) return group;
  const text = context.isOtherKind(groupId) ? `Group ${groupId} is not a share group.` : missing;
  throw new KafkaError(ErrorCode.GROUP_ID_NOT_FOUND, text);
}

/** A new one where there is none. @throws KafkaError GROUP_ID_NOT_FOUND if the name is taken by a group of another kind */
export function groupOrNew(context: ShareContext, groupId: string): ShareGroup {
  const isFree = !context.groups.has(groupId) && !context.isOtherKind(groupId);
  return isFree ? new ShareGroup(groupId) : existingGroup(context, groupId);
}

/** @throws KafkaError NON_EMPTY_GROUP */
export function assertEmpty(group: ShareGroup): void {
  if (group.state !== 'Empty') throw new KafkaError(ErrorCode.NON_EMPTY_GROUP);
}

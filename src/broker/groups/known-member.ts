import { ErrorCode, KafkaError } from '../../protocol/errors.ts';

/** The member of a group of one of the newer protocols. @throws KafkaError UNKNOWN_MEMBER_ID */
export function knownMember<M>(
  { groupId, members }: { readonly groupId: string; readonly members: ReadonlyMap<string, M> },
  memberId: string,
): M {
  const member = members.get(memberId);
  if (member) return member;
  throw new KafkaError(ErrorCode.UNKNOWN_MEMBER_ID, `Member ${memberId} is not a member of group ${groupId}.`);
}

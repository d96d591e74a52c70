import type { Admin, CallOptions, GroupMember } from '../../client/admin.ts';
import { ErrorCode, KafkaError } from '../../protocol/errors.ts';
import { partitionKey } from '../consumer-groups/partitions.ts';
import { JavaException } from '../java-exception.ts';
import { throwFirstError } from '../outcomes.ts';
import { EXECUTION_EXCEPTION, WrappedError } from '../wrapped-error.ts';

type MembersAdmin = Pick<Admin, 'describeGroups' | 'removeGroupMembers'>;

/**
 * An application that runs cannot be reset. Tells whether members were removed.
 * @throws JavaException with the members if there are some and `force` is not given
 */
export async function refuseActiveMembers(
  admin: MembersAdmin,
  group: string,
  force: boolean,
  options: CallOptions,
): Promise<boolean> {
  const described = (await admin.describeGroups([group], options)).get(group);
  if (described instanceof KafkaError && described.code !== ErrorCode.GROUP_ID_NOT_FOUND)
    throw new WrappedError(described, EXECUTION_EXCEPTION);
  if (!described || described instanceof KafkaError || described.members.length === 0) return false;
  if (force) {
    throwFirstError(await admin.removeGroupMembers(group, described.members, options));
    return true;
  }
  const members = described.members.map((member) => memberText(member)).join(', ');
  throw new JavaException(
    'java.lang.IllegalStateException',
    `Consumer group '${group}' is still active and has following members: [${members}]. Make sure to stop all running application instances before running the reset tool. You can use option '--force' to remove active members from the group.`,
  );
}

/** MemberDescription.toString. */
function memberText(member: GroupMember): string {
  const assignment = (partitions: GroupMember['assignment']) =>
    `(topicPartitions=${partitions.map(partitionKey).join(',')})`;
  const fields = [
    ['memberId', member.memberId],
    ['groupInstanceId', member.groupInstanceId ?? 'null'],
    ['rackId', member.rackId ?? 'null'],
    ['clientId', member.clientId],
    ['host', member.host],
    ['assignment', assignment(member.assignment)],
    [
      'targetAssignment',
      member.targetAssignment ? `Optional[${assignment(member.targetAssignment)}]` : 'Optional.empty',
    ],
    ['memberEpoch', member.memberEpoch < 0 ? 'null' : member.memberEpoch],
    ['upgraded', member.upgraded ?? 'null'],
  ];
  return `(${fields.map(([name, value]) => `${name}=${value}`).join(', ')})`;
}

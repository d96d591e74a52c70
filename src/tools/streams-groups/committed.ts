import type { Admin, CallOptions, CommittedOffset, StreamsGroupDescription } from '../../client/admin.ts';
import { EXECUTION_EXCEPTION, wrapping } from '../wrapped-error.ts';
import { describedGroup } from './groups.ts';

type OffsetsAdmin = Pick<Admin, 'listGroupOffsets'>;

/** Everything that a group has committed. */
export async function allCommitted(
  admin: OffsetsAdmin,
  group: string,
  options: CallOptions,
): Promise<CommittedOffset[]> {
  const committed = await wrapping(admin.listGroupOffsets(group, undefined, options), EXECUTION_EXCEPTION);
  return committed.filter(({ offset }) => offset >= 0);
}

/** What it has committed of the topics that its application reads, repartition topics included. */
export async function committedOffsets(
  admin: OffsetsAdmin,
  { groupId, subtopologies }: StreamsGroupDescription,
  options: CallOptions,
): Promise<CommittedOffset[]> {
  const topics = new Set(
    subtopologies.flatMap(({ sourceTopics, repartitionSourceTopics }) => [...sourceTopics, ...repartitionSourceTopics]),
  );
  return (await allCommitted(admin, groupId, options)).filter(({ topic }) => topics.has(topic));
}

/** The same without repartition topics: those are no input. @throws WrappedError if there is no such group */
export async function inputOffsets(
  admin: OffsetsAdmin & Pick<Admin, 'describeStreamsGroups'>,
  group: string,
  options: CallOptions,
): Promise<CommittedOffset[]> {
  const { subtopologies } = await describedGroup(admin, group, options, EXECUTION_EXCEPTION);
  const topics = new Set(subtopologies.flatMap(({ sourceTopics }) => sourceTopics));
  return (await allCommitted(admin, group, options)).filter(({ topic }) => topics.has(topic));
}

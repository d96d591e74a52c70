import type { Admin, CallOptions } from '../../client/admin.ts';
import { deletePartitions } from '../consumer-groups/delete-offsets.ts';
import type { Report } from '../report.ts';
import { inputOffsets } from './committed.ts';

/**
 * `streams-groups --delete-offsets --all-input-topics`: of every input that the group has committed offsets of.
 * Data: as of `consumer-groups --delete-offsets`.
 */
export async function deleteInputOffsets(
  admin: Pick<Admin, 'describeStreamsGroups' | 'listGroupOffsets' | 'deleteGroupOffsets'>,
  group: string,
  options: CallOptions,
): Promise<Report> {
  const committed = await inputOffsets(admin, group, options);
  const partitions = committed.map(({ topic, partition }) => ({ topic, partition }));
  return deletePartitions(admin, group, { unknown: [], partitions }, options);
}
